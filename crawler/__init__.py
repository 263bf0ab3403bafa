"""The only package that fetches: Scrapy spiders made from source files, every response kept as evidence."""
