"""Letters on what is missing: to each state and to each publisher, made from the rows."""
