"""What the observatory is about, one room a subject: query, figures, words, tables. No Streamlit, no session."""
