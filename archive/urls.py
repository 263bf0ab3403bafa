"""One address for one page: session ids, tracking and fragments removed, nothing else."""

import re
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit

SESSION_PATH = re.compile(r";jsessionid=[^/?#]*", re.IGNORECASE)
# nn is the navigation node that Government Site Builder hangs on links; it never changes the page.
NOISE = re.compile(r"(?:utm_\w+|nn|jsessionid|phpsessid|sid|cms_et_\w+|fbclid|gclid|asl)", re.IGNORECASE)
SAFE = "/:;=@!$&'()*+,~-._%"
# Most addresses are known by what they are: taking them apart takes twenty times as long.
PLAIN = re.compile(r"https?://[a-z0-9.-]+(?::(?:[1-9]|[1-5]\d)\d{3})?/[A-Za-z0-9/._~-]*", re.ASCII)


def canonical(url: str, base: str | None = None) -> str:
    """The address by which a page is known, absolute, without what varies from visit to visit.

    >>> canonical("HTTPS://www.BMF.de:443/a/b.html;jsessionid=1A2?nn=7&x=1#top")
    'https://www.bmf.de/a/b.html?x=1'
    >>> canonical("/über uns", "https://example.org/x")
    'https://example.org/%C3%BCber%20uns'

    Raises ValueError where there is no http or https address in it.
    """
    if not base and is_plain(url):
        return url
    parts = urlsplit(urljoin(base, url.strip()) if base else url.strip())
    scheme = parts.scheme.lower()
    if scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"{url!r} is not an http or https address")
    port = parts.port
    standard = port is None or (scheme, port) in {("http", 80), ("https", 443)}
    host = parts.hostname.lower() if standard else f"{parts.hostname.lower()}:{port}"
    path = quote(SESSION_PATH.sub("", parts.path) or "/", safe=SAFE)
    pairs = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not NOISE.fullmatch(k)]
    return urlunsplit((scheme, host, path, urlencode(pairs), ""))


def is_plain(url: str) -> bool:
    """Whether an address is as plain as most are: small letters up to its path, and nothing to be quoted.

    >>> is_plain("https://example.org/a/b.html"), is_plain("https://example.org/?x=1")
    (True, False)
    """
    return PLAIN.fullmatch(url) is not None


def joined(base: str, href: str) -> str:
    """The address to which a link on a page at `base` leads; empty where the link is broken.

    >>> joined("https://example.org/a/", "b"), joined("https://example.org/", "http://[")
    ('https://example.org/a/b', '')
    """
    try:
        return urljoin(base, href)
    except ValueError:
        return ""


def host(url: str) -> str:
    """The host of an address in lower case, without `www.` and port; empty where there is none.

    >>> host("https://www.tmasgff.de/medienservice")
    'tmasgff.de'
    """
    if is_plain(url):
        return url.split("/", 3)[2].partition(":")[0].removeprefix("www.")
    return (urlsplit(url).hostname or "").lower().removeprefix("www.")
