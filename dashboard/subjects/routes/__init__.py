"""Routes: counted victims by citizenship, or stated routes of reports with transit."""
