"""The snapshot's contract as code (`contract`), its reader and publisher (`snapshot`), and reference files."""
