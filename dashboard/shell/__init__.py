"""What every page is built from: filters, address, layout, navigation."""
