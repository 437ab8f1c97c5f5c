"""What goes against Streamlit's grain: one module for each behavior that is overridden, so that upgrades look here.

Each names the issue of Streamlit that it waits for, where there is one, and has a test that fails when the override no
longer works or is no longer needed. None of them replaces a browser built-in or reads a private wire format.
"""
