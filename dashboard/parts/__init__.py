"""Larger sections of the pages, built from Streamlit widgets."""
