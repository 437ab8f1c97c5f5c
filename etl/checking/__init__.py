"""Checks: before a snapshot is published, and of the published one."""
