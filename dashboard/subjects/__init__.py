"""The subjects of the pages, a folder for each: query, figures, words, tables. No Streamlit, no session."""
