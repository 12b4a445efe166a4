import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))  # sample_rules is imported by name
