"""Datasette over the archive: plugin, templates, styles. Reads the database with SQL only."""
