"""What a portal says to machines that read it: text and data mining reserved or not, and words for robots.

The TDM Reservation Protocol (https://www.w3.org/community/tdmrep/) knows three places: the page, the header
of the answer, a file of the host. The place nearest to the text decides. `noai` is no standard, but plain
enough to count as a reservation where the protocol says nothing.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from html import unescape
from urllib.parse import urlsplit

import msgspec

AGENT = "pressearchiv"  # directives for another robot are none for us
HEAD_BYTES = 256 << 10  # meta tags stand before the text
META = re.compile(rb"<meta\s[^>]*>", re.IGNORECASE)
COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
WORDS = (b"tdm-", b"robots", AGENT.encode())
IN_HEADER = {"x-robots-tag", "tdm-reservation"}
NO_AI = ("noai", "noimageai")
ADDRESSED = re.compile(r"\s*([\w-]+)\s*:\s*(.*)", re.DOTALL)  # "googlebot: noindex"
WITH_VALUE = ("max-snippet", "max-image-preview", "max-video-preview", "unavailable_after")


@dataclass(frozen=True, slots=True)
class Rights:
    """What was said about one answer; None where nothing was."""

    tdm_reservation: int | None = None  # 1 reserved, 0 expressly not
    tdm_policy: str | None = None  # address of the licence terms
    tdm_origin: str | None = None  # page, header, host (tdmrep.json), or noai
    robots_tag: str | None = None  # "noarchive, noindex": from X-Robots-Tag and meta robots
    crawl_delay: float | None = None  # seconds that robots.txt asked for, Request-rate included
    visit_time: str | None = None  # "0600-0845" (UTC), from robots.txt

    @property
    def reserved(self) -> bool:
        return self.tdm_reservation == 1

    def over(self, further: "Rights") -> "Rights":
        """These, and what `further` says where these are silent."""
        if self is SILENT:
            return further
        mining = self if self.tdm_reservation is not None else further
        if self.tdm_origin == "noai" and further.tdm_reservation is not None:
            mining = further
        return Rights(
            mining.tdm_reservation,
            mining.tdm_policy,
            mining.tdm_origin,
            self.robots_tag or further.robots_tag,
            self.crawl_delay if self.crawl_delay is not None else further.crawl_delay,
            self.visit_time or further.visit_time,
        )

    def of_answer(self) -> "Rights":
        """What an unchanged answer still says; what its host said at that time is no matter."""
        if self.tdm_origin == "host":
            return Rights(robots_tag=self.robots_tag)
        return replace(self, crawl_delay=None, visit_time=None)

    def field(self) -> str:
        """As one field of a record's header; empty where nothing was said.

        >>> Rights(1, None, "host", crawl_delay=5.0).field()
        'tdm_reservation=1; tdm_origin=host; crawl_delay=5.0'
        """
        if self is SILENT:
            return ""
        told = ((f.name, getattr(self, f.name)) for f in fields(self))
        return "; ".join(f"{name}={value}" for name, value in told if value is not None)


SILENT = Rights()


def from_field(text: str) -> Rights:
    """The reverse of `Rights.field`.

    >>> from_field("tdm_reservation=1; tdm_origin=host; crawl_delay=5.0")
    Rights(tdm_reservation=1, tdm_policy=None, tdm_origin='host', robots_tag=None, crawl_delay=5.0,...)
    """
    told = dict(part.split("=", 1) for part in text.split("; ") if "=" in part)
    known = {f.name for f in fields(Rights)}
    return msgspec.convert({k: v for k, v in told.items() if k in known}, Rights, strict=False)


def stated(headers: Iterable[tuple[str, str]], body: bytes) -> Rights:
    """What an answer says of itself, in its header and, where it is a page, in its meta tags."""
    said: dict[str, list[str]] = {}
    for name, value in headers:
        said.setdefault(name.lower(), []).append(value)
    meta = _meta(body)
    if not meta and not said.keys() & IN_HEADER:
        return SILENT
    directives = _directives([*said.get("x-robots-tag", ()), *meta.get("robots", ()), *meta.get(AGENT, ())])
    page, header = _protocol(meta, "page"), _protocol(said, "header")
    asked = Rights(1, None, "noai") if any(word in directives for word in NO_AI) else SILENT
    return page.over(header).over(asked).over(Rights(robots_tag=", ".join(directives) or None))


def declared(text: bytes, url: str) -> Rights:
    """What a host's tdmrep.json says of an address. Raises ValueError where it is no such file.

    The longest pattern that matches decides, as in robots.txt; of two of one length the one that reserves.
    """
    parts = urlsplit(url)
    path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    matching = [rule for rule in msgspec.json.decode(text, type=list[_Rule]) if rule.matches(path)]
    if not matching:
        return SILENT
    rule = max(matching, key=lambda rule: (len(rule.location), rule.reservation))
    return Rights(rule.reservation, rule.policy, "host")


class _Rule(msgspec.Struct, frozen=True):
    location: str
    reservation: int = msgspec.field(name="tdm-reservation", default=0)
    policy: str | None = msgspec.field(name="tdm-policy", default=None)

    def matches(self, path: str) -> bool:
        """Patterns are those of robots.txt: a beginning, `*` for anything, `$` for the end."""
        place = self.location if self.location.startswith(("/", "*")) else "/" + self.location
        end = "$" if place.endswith("$") else ""
        parts = place.removesuffix("$").split("*")
        return re.match(".*".join(map(re.escape, parts)) + end, path) is not None


def _protocol(said: dict[str, list[str]], origin: str) -> Rights:
    values = [value.strip() for value in said.get("tdm-reservation", ())]
    if not values or values[-1] not in ("0", "1"):
        return SILENT
    policy = next((v.strip() for v in said.get("tdm-policy", ()) if v.strip()), None)
    return Rights(int(values[-1]), policy, origin)


def _meta(body: bytes) -> dict[str, list[str]]:
    """The meta tags that concern robots, by name."""
    end = body.find(b"</head>", 0, HEAD_BYTES)
    head = body[: end if end >= 0 else HEAD_BYTES]
    lowered = head.lower()
    found: dict[str, list[str]] = {}
    if not any(word in lowered for word in WORDS):
        return found
    for tag in META.findall(COMMENT.sub(b"", head)):
        pairs = ATTRIBUTE.findall(tag.decode("utf-8", "replace"))
        told = {name.lower(): unescape(a or b or c) for name, a, b, c in pairs}
        if "name" in told and "content" in told:
            found.setdefault(told["name"].strip().lower(), []).append(told["content"])
    return found


def _directives(values: Iterable[str]) -> list[str]:
    """The words for us or for all robots, each once, in the order of the alphabet."""
    found: set[str] = set()
    for value in values:
        named = ADDRESSED.fullmatch(value)
        if named and named[1].lower() not in WITH_VALUE:
            if named[1].lower() != AGENT:
                continue
            value = named[2]
        found |= {word.strip().lower() for word in value.split(",")}
    return sorted(found - {""})
