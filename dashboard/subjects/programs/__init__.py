"""What programs can ask for: the API, the descriptions of the data, the feeds."""
