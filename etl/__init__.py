"""The ETL: fetch the publishers' files, parse them, make tables, check them and publish a snapshot."""
