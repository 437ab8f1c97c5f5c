"""What surrounds a page: its frame in the browser, and the way from page to page."""
