"""Build the archives: pages as files (`make room`), and a folder that runs it all on a laptop (`make room-desk`)."""
