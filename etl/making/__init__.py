"""From parsed rows to the tables of a snapshot."""
