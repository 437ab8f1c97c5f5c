"""Make the tables of a snapshot from parsed rows."""
