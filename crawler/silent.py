"""What Scrapy says of each page of a crawl: nothing, where only warnings are shown."""

from scrapy import Spider
from scrapy.http import Request, Response
from scrapy.logformatter import LogFormatter


class Silent(LogFormatter):
    """Scrapy's LOG_FORMATTER. A line for each page is made ready even if nobody sees it."""

    def crawled(self, request: Request, response: Response, spider: Spider) -> None:  # type: ignore[override]  # as its documentation says
        return None
