"""WARC files that others made: which records are ours, and how they become captures."""
