"""Data: one TOML file per source, in a folder per jurisdiction; family defaults beside them."""
