"""What must hold before a snapshot is published, and what is verified afterwards."""
