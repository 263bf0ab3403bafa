"""Whether an address lies on this machine: there, neither politeness nor a contact is owed."""

from urllib.parse import urlsplit


def is_loopback(url: str) -> bool:
    """
    >>> is_loopback("http://127.0.0.1:8741/a"), is_loopback("https://www.bmf.de/")
    (True, False)
    """
    name = urlsplit(url).hostname or ""
    return name in ("localhost", "::1") or name.startswith("127.")
