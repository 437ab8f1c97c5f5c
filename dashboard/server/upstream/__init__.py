"""Overrides of uvicorn's behavior: look here when you upgrade uvicorn.

Each names the issue that would make it unnecessary, and has a test that fails when the override no longer works or is
no longer needed.
"""
