"""National reports: write the workbook that a focal point fills in, read it, and store accepted ones."""
