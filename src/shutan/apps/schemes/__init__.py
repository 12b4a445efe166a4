"""Data quality control schemes 数据质量控制方案: what each figure comes from, by whom, with which meter, agreed before the year."""
