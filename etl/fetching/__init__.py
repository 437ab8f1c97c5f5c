"""From a publisher, a mirror folder or the store of kept files to raw files."""
