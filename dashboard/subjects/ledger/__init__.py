"""The declaration's paragraphs, the evidence on each, and the work plan."""
