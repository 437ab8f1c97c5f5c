"""From case records that stay in a ministry to tables that may be published: read, count, protect, audit, write."""
