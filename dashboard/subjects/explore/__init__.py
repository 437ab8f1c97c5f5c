"""Any indicator by state, year, sex, age and form."""
