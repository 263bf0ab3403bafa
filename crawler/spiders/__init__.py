"""Reading lists of releases (listing pages, feeds, sitemaps), and the spider that follows them."""
