"""The tables of a snapshot as schemas (`contract`), reading and publishing one (`snapshot`), and reference files."""
