"""The server: an ASGI application behind a guard, with documents, files, pictures and the API."""
