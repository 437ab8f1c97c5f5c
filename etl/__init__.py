"""Fetch, parse, make tables, check and publish: from the publishers' files to a snapshot."""
