"""One module and one declaration (.toml) per source; they do not know each other."""
