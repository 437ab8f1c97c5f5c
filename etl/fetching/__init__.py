"""Get raw files: from a publisher, a mirror folder, or the store of earlier downloads."""
