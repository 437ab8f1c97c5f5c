"""What pages are made of: filters, figures and media. Pure; knows no subject."""
