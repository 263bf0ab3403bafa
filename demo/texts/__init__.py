"""The words of the invented releases: skeletons, places and people, as data."""
