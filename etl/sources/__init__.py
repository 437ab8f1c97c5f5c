"""One module, or one folder, and one declaration (.toml) a source; sources do not import each other."""
