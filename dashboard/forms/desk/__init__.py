"""A page in Streamlit."""
