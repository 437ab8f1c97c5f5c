"""Overrides of Streamlit's behavior, one module each: look here when you upgrade Streamlit.

Each names the Streamlit issue that would make it unnecessary, if there is one, and has a test that fails when the
override no longer works or is no longer needed. None replaces a browser built-in or reads a private wire format.
"""
