"""What leaves the archive: citations, web archive collections, data sets."""
