"""Larger blocks of the pages that need Streamlit."""
