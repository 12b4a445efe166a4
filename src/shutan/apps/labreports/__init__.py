"""Test reports 检测报告: what laboratories found in samples, recorded before it is used in a filing."""
