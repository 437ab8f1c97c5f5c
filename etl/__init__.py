"""Fetch, parse, validate, harmonise and publish: from the publishers' files to a snapshot."""
