"""Portals with the structure of real ones and invented releases: a test bed for families and source files.

One module per family of content-management software, one `Replica` per real source. They are no part of the
demo: tests serve them on loopback and crawl them by the source's own file.
"""
