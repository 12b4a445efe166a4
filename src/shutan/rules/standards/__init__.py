"""Standards of the province that are assessed, not computed: chapters with source, known as far as they were seen."""

from pathlib import Path

from shutan.kernel.clauses import Clauses, read_clauses

# 企业温室气体排放管理规范, the management standard of Sichuan.
MANAGEMENT = "DB51/T 2987-2022"


def chapters() -> Clauses:
    """The chapters of the management standard, by id, in their order."""
    return read_clauses(Path(__file__).parent)
