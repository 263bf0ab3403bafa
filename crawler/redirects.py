"""Redirects, each hop archived; a loop or too long a chain becomes an issue."""

from urllib.parse import urljoin

from scrapy.http import Request, Response
from w3lib.url import safe_url_string

from crawler.failures import Refused

MOVED = (301, 302, 303, 307, 308)
MOST_HOPS = 8
# Belongs to the hop just answered.
PER_HOP = ("download_slot", "verbatim_url", "capture", "before", "tries", "began")


class Redirects:
    """Follows a redirect with the same callback and remembers the way."""

    def process_response(self, request: Request, response: Response) -> Request | Response:
        location = response.headers.get("Location")
        if response.status not in MOVED or not location:
            return response
        target = urljoin(request.url, safe_url_string(location.decode("utf-8", "replace")))
        if not target.startswith(("http://", "https://")):
            return response
        hops = (*request.meta.get("hops", ()), request.url)
        if target in hops or len(hops) > MOST_HOPS:
            raise _loop(request.meta["asked"], len(hops))
        meta = {name: value for name, value in request.meta.items() if name not in PER_HOP}
        moved = request.replace(url=target, meta={**meta, "hops": hops})
        if response.status in (307, 308):
            return moved
        return moved.replace(method="GET", body=b"")  # as browsers do


def _loop(asked: str, hops: int) -> Refused:
    message = f"{asked} was redirected {hops} times and led nowhere"
    return Refused("redirect_loop", message, "open it in a browser; the portal's own link is broken", asked)
