"""Versions compared: what differs, which facts changed, how much it matters; which pages are still there."""
