"""A capture as a response again, for what reads pages."""

from pathlib import Path

from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes
from sqlite_utils import Database

from archive import captures
from archive.records import Capture
from crawler.bases import readable


def replayed(db: Database, warc: Path, capture: Capture) -> Response:
    """The page that a capture stands for. Raises WarcError where the evidence is damaged."""
    body = captures.payload(db, warc, capture).payload
    headers = Headers({"Content-Type": capture.content_type or "text/html"})
    kind = responsetypes.from_args(headers=headers, url=capture.url, body=body)
    return readable(kind(capture.url, headers=headers, body=body))
