"""National reports: a workbook that a focal point fills in, how it is read, and where accepted ones are kept."""
