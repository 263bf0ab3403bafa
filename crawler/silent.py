"""What Scrapy says of each page of a crawl: nothing that nobody hears."""

from typing import Any

from scrapy import Spider
from scrapy.http import Request, Response
from scrapy.logformatter import LogFormatter
from scrapy.signalmanager import SignalManager


class Silent(LogFormatter):
    """Scrapy's LOG_FORMATTER. A line for each page is made ready even if nobody sees it."""

    def crawled(self, request: Request, response: Response, spider: Spider) -> None:  # type: ignore[override]  # as its documentation says
        return None


class Signals(SignalManager):
    """Those that somebody listens to: six are sent for each page, and listeners looked for each time."""

    def __init__(self, sender: Any) -> None:
        super().__init__(sender)
        self._heard: set[Any] = set()

    def connect(self, receiver: Any, signal: Any, **kwargs: Any) -> None:
        self._heard.add(signal)
        super().connect(receiver, signal, **kwargs)

    def send_catch_log(self, signal: Any, **kwargs: Any) -> list[tuple[Any, Any]]:
        return super().send_catch_log(signal, **kwargs) if signal in self._heard else []
