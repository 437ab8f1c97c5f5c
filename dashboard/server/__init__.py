"""The server: Streamlit as an ASGI application behind a guard, with our documents, files and API."""
