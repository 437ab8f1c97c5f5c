"""The observatory's screens: query, figure, page. Reads snapshots, never the publishers."""
