"""The ground that crawler and pipeline agree on: records, sources, WARC files, schema and store."""
