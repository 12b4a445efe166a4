"""Data that other departments of the plan give about enterprises."""
