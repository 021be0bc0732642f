"""TOML front matter: read into nodes, edited in place."""
