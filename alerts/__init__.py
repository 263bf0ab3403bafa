"""Searches that somebody watches: what happens in them, told by mail or webhook, each event once."""
