"""Sources, releases, checks and files of a snapshot."""
