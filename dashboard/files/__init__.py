"""What a reader takes away: the rows of a view as CSV, Parquet, Excel or a data package, each with its metadata."""
