"""Files that a release links: documents beside the text, not pictures and not pages."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from archive.words import squeezed
from pipeline.parse.tree import Node, attribute, within

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt": "application/vnd.ms-powerpoint",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "csv": "text/csv",
    "zip": "application/zip",
    "rtf": "application/rtf",
    "ics": "text/calendar",
}
FILE = re.compile(rf"\.({'|'.join(MEDIA_TYPES)})$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A linked file; its title is the text of the link."""

    url: str
    title: str | None
    media_type: str | None


def attached(nodes: Iterable[Node], base: Callable[[], str]) -> tuple[Attachment, ...]:
    """The files linked inside the nodes, each once. `base` is asked only where there are links."""
    found: dict[str, Attachment] = {}
    links = [link for node in nodes for link in ([node] if node.tag == "a" else within(node, "a[href]"))]
    start = base() if links else ""
    for link in links:
        if attachment := _attachment(link, start):
            found.setdefault(attachment.url, attachment)
    return tuple(found.values())


def _attachment(link: Node, base: str) -> Attachment | None:
    target = attribute(link, "href").strip()
    if "." not in target and "__blob" not in target:
        return None
    try:
        url = urljoin(base, target)
        parts = urlsplit(url)
    except ValueError:
        return None  # no address at all, such as "http://[…]"
    file = FILE.search(parts.path)
    if parts.scheme not in ("http", "https") or not (file or "__blob=publicationFile" in parts.query):
        return None
    title = squeezed(link.text()) or squeezed(attribute(link, "title")) or None
    return Attachment(url, title, MEDIA_TYPES[file[1].lower()] if file else "application/pdf")
