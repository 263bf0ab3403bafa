"""When a release was published: every date the page states, and the rule by which one of them counts."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pipeline.parse.head import Head
from pipeline.parse.layouts import Voice, values
from pipeline.parse.stamps import GERMAN, Stamp, as_stamp, read_stamp
from pipeline.parse.tree import Tree, attribute

META = (
    "article:published_time datepublished dcterms.issued dc.date.issued dcterms.created dcterms.date dc.date"
    " publishdate pubdate date.issued og:article:published_time dc.date.created date"
).split()
META_UPDATED = (
    "article:modified_time dcterms.modified dc.date.modified datemodified last-modified og:updated_time"
).split()
LABEL = "(?:Presse|Medien)(?:mitteilung|information|meldung)"
DAY = r"(\d{1,2}\.\s*(?:\d{1,2}\.\s*|[A-Za-zä]{3,9}\.?\s+)\d{4}(?:,?\s*(?:um\s)?\d{1,2}[:.]\d\d(?:\s*Uhr)?)?)"
DATED = re.compile(r"\d\.")  # how each DAY begins
# Each with words of which one stands in whatever it finds: they are looked for in a tenth of the time.
TEXTS = tuple(
    (name, telling, re.compile(pattern, re.IGNORECASE))
    for name, telling, pattern in (
        ("release of", ("presse", "medien"), rf"{LABEL}\s*(?:Nr\.?\s*)?[\w./:-]*\s*(?:vom|\||,|-|–)\s*{DAY}"),
        (
            "day of issue",
            ("datum", "erscheinungstag"),
            rf"(?:Erscheinungs(?:tag|datum)|Veröffentlichungsdatum)\s*:?\s*{DAY}",
        ),
        ("first published", ("erstver",), rf"{DAY}\s*[—–-]\s*Erstveröffentlichung"),
        (
            "published on",
            ("veröffentlicht", "erstellt", "erschienen"),
            rf"(?:veröffentlicht|erstellt|erschienen)\s(?:am)?\s*:?\s*{DAY}",
        ),
        ("numbered", ("nr.",), rf"^Nr\.\s?[\d/.-]+\s*\|\s*{DAY}"),
        ("headed", ("",), rf"^{DAY}\s*[-–—|]\s"),
        (
            "signed",
            ("ministerium", "staatskanzlei"),
            rf"^(?:\w+\s)?(?:\w*ministerium|Staatskanzlei)\b.{{0,110}}\s{DAY}$",
        ),
        ("labelled", ("datum",), rf"(?-i:Datum)\s*:?\s*{DAY}"),
        (
            "dateline",
            (",",),
            r"^(?!.{0,30}(?:tag|Mittwoch|Sonnabend),)(?-i:[A-ZÄÖÜ])"
            rf"[\w./-]{{1,30}}(?: [\w./-]{{1,30}}){{0,3}},\s+(?:den\s+)?{DAY}",
        ),
    )
)
# Below the first sentence a bare date tells when something takes place.
SENTENCE = 100  # characters
EVENT = re.compile(r"(?:zeit|termin|wann|beginn|ort|am|bis|ab|stand|von)\b", re.IGNORECASE)
AS_OF = re.compile(rf"\bStand\s*:?\s*{DAY}")
UPDATED = re.compile(rf"(?:zuletzt\s)?(?:aktualisiert|geändert)(?:\sam)?\s*:?\s*{DAY}", re.IGNORECASE)
ADDRESSES = (
    ("/YYYY/MM/DD/", re.compile(r"/(?P<year>(?:19|20)\d\d)/(?P<month>[01]\d)/(?P<day>[0-3]\d)(?:/|$)")),
    ("YYYY-MM-DD", re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)-(?P<month>[01]\d)-(?P<day>[0-3]\d)(?!\d)")),
    ("YYYYMMDD", re.compile(r"(?<!\d)(?P<year>20[0-3]\d)(?P<month>[01]\d)(?P<day>[0-3]\d)(?!\d)")),
    # At the start of a name only: further on it is part of a title.
    ("DD-MM-YYYY", re.compile(r"(?<=[/~])(?P<day>[0-3]\d)-(?P<month>[01]\d)-(?P<year>(?:19|20)\d\d)(?!\d)")),
    ("DD-MM-YY", re.compile(r"pm-(?P<day>[0-3]\d)-(?P<month>[01]\d)-(?P<year>\d\d)(?!\d)")),
    ("YYYY/MMDD", re.compile(r"/(?P<year>20\d\d)/(?P<month>[01]\d)(?P<day>[0-3]\d)_")),
    (
        "YYMMDD",
        re.compile(r"/(?P<full>20(?P<year>\d\d))/(?:\w+/)?(?P=year)(?P<month>[01]\d)(?P<day>[0-3]\d)[_-]"),
    ),
    ("YYYY/MM/DDMMYY", re.compile(r"/20(\d\d)/(\d\d)/(?P<day>[0-3]\d)(?P<month>\2)(?P<year>\1)-")),
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A date the page states, as it states it."""

    field: str  # published, updated, or disbelieved: known to be wrong there
    rule: str
    stamp: Stamp
    raw: str


def from_layout(page: Tree, voice: Voice) -> Iterator[Candidate]:
    """What the layout's selectors point at."""
    for field, selectors in (("published", voice.layout.day), ("updated", voice.layout.updated)):
        for finding in values(page, voice, selectors):
            if stamp := read_stamp(finding.value):
                yield Candidate(field, finding.rule, stamp, finding.value)
                break


def from_head(head: Head) -> Iterator[Candidate]:
    """JSON-LD and meta tags."""
    for article in head.articles:
        for field, key in (("published", "datePublished"), ("updated", "dateModified")):
            raw = article.get(key)
            if isinstance(raw, str) and (stamp := read_stamp(raw)):
                yield Candidate(field, f"json-ld:{key}", stamp, raw)
    for field, names in (("published", META), ("updated", META_UPDATED)):
        for name in names:
            if (raw := head.last(name)) and (stamp := read_stamp(raw)):
                yield Candidate(field, f"meta:{name}", stamp, raw)


def from_heading(heading: str, title: str) -> Iterator[Candidate]:
    """A day that is glued to the title's end."""
    rest = heading.partition(title)[2] if title else ""
    if stamp := read_stamp(rest):
        yield Candidate("published", "text:heading", stamp, rest)


def from_times(page: Tree) -> Iterator[Candidate]:
    """Time elements outside of navigation, lists of other pages and sidebars."""
    for node in page.css("time"):
        raw = attribute(node, "datetime")
        if raw and not _aside(node) and (stamp := read_stamp(raw)):
            yield Candidate("published", "time@datetime", stamp, raw)


def _aside(node: object) -> bool:
    above = getattr(node, "parent", None)
    while above is not None:
        names = f"{above.tag} {attribute(above, 'class')} {attribute(above, 'id')}".lower()
        if above.tag in ("nav", "aside", "footer", "li") or "teaser" in names or "related" in names:
            return True
        above = above.parent
    return False


def from_address(url: str) -> Iterator[Candidate]:
    """A full day in the address; month and year alone are no day."""
    for name, pattern in ADDRESSES:
        if (found := pattern.search(url)) and (stamp := as_stamp(found)):
            yield Candidate("published", f"url:{name}", stamp, found[0])


def from_texts(lines: Sequence[str]) -> Iterator[Candidate]:
    """Labelled dates among the lines around a title, in the order of their labels' weight."""
    dated = [line[:300] for line in lines if DATED.search(line, 0, 300)]
    lowered = [line.lower() for line in dated]
    for name, telling, pattern in TEXTS:
        for line, low in zip(dated, lowered, strict=True):
            told = any(word in low for word in telling) and pattern.search(line)
            if told and (stamp := read_stamp(told[1])):
                yield Candidate("published", f"text:{name}", stamp, told[0])
                break
    for line in lines:
        bare = GERMAN.search(line) if len(line) < 60 and not EVENT.match(line) else None
        if bare and len(line) - len(bare[0]) < 25:
            if stamp := as_stamp(bare):
                yield Candidate("published", "text:bare", stamp, line)
            break
        if len(line) >= SENTENCE and line.endswith((".", "!", "?", "“", "”", '"')):
            break
    for line in dated:
        if (found := UPDATED.search(line)) and (stamp := read_stamp(found[1])):
            yield Candidate("updated", "text:updated", stamp, found[0])
            break


def as_of(lines: Sequence[str]) -> Iterator[Candidate]:
    """ "Stand: 14.01.2022", which counts where nothing better is stated."""
    for line in lines:
        if (found := AS_OF.search(line[:300])) and (stamp := read_stamp(found[1])):
            yield Candidate("published", "text:as of", stamp, found[0])


def datelines(lines: Sequence[str]) -> list[Candidate]:
    """Every "Magdeburg, den 31. März 2011", in reading order."""
    name, _, pattern = TEXTS[-1]
    found = ((m, read_stamp(m[1])) for line in lines for m in pattern.finditer(line[:300]))
    return [Candidate("published", f"text:{name}", stamp, m[0]) for m, stamp in found if stamp]


def chosen(candidates: Sequence[Candidate], field: str, captured: date | None) -> Candidate | None:
    """The first candidate that can be true: no page was published after it was saved."""
    latest = captured + timedelta(days=1) if captured else date.max
    return next((c for c in candidates if c.field == field and c.stamp.on <= latest), None)
