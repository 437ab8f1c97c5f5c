"""The forms of a page: each knows its blocks (`dashboard.views.page`), and no page or subject by name."""
