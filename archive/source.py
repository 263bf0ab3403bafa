"""Sources as data: the strict loader for sources/<jurisdiction>/<key>.toml and for family defaults."""

from collections.abc import Iterable
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import unquote, urlsplit, urlunsplit

import msgspec

from archive.errors import SourceError
from archive.strict_toml import Parts, decode, toml_files
from archive.urls import host

Selectors = tuple[
    str, ...
]  # CSS, tried in order; `selector@attribute` takes an attribute instead of the text
Every = Annotated[str, msgspec.Meta(pattern="^[1-9][0-9]{0,2}[hdw]$")]  # hours, days, weeks: "6h", "1d", "2w"


class _Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """Unknown keys are refused: a typo in a source file is an error, not a silent default."""


class Name(_Strict, frozen=True):
    """A name that a publisher went by; both days inclusive."""

    name: str
    short: str | None = None
    since: date | None = None
    until: date | None = None


class Count(_Strict, frozen=True):
    """The number by which a list turns its pages, where no link leads on."""

    name: str  # of a parameter, in its address or in what is sent; in JSON names joined by dots
    step: int = 1  # more where rows are counted


class Seed(_Strict, frozen=True):
    """Where a crawl starts."""

    url: str
    role: Literal["listing", "feed", "sitemap"] = "listing"
    body: str | None = None  # sent by POST: a form, or JSON
    count: Count | None = None
    months_since: date | None = None  # it holds {year} and {month}: asked month by month, back to this one


class Json(_Strict, frozen=True):
    """Where a list in JSON has its rows; names joined by dots, from the top or inside one row."""

    rows: str
    html: str | None = None  # holds a row as HTML, read like one of a page; "" where the row itself is HTML
    link: str | None = None
    title: str | None = None
    day: str | None = None
    lead: str | None = None
    pages: str | None = None  # how many pages there are
    total: str | None = None  # how many rows there are


class Listing(_Strict, frozen=True):
    """How a listing page names its releases. Fields other than `link` are read inside one row."""

    rows: Selectors = ()
    link: Selectors = ()
    title: Selectors = ()
    day: Selectors = ()
    number: Selectors = ()
    kicker: Selectors = ()
    lead: Selectors = ()
    next: Selectors = ()
    next_pattern: str | None = None  # regular expression for the path of the next page, {page} is its number
    detail_pattern: str | None = None  # regular expression that the path (with query) of a release matches
    # A link leads to a release when its text contains this; of several, the first that any link has counts.
    link_text: str | tuple[str, ...] | None = None
    json: Json | None = None

    @property
    def link_texts(self) -> tuple[str, ...]:
        """The texts of links that lead to releases."""
        return (self.link_text,) if isinstance(self.link_text, str) else self.link_text or ()


class Layout(_Strict, frozen=True):
    """Where title, date and body stand on a release page of this source in a span of time."""

    since: date | None = None
    until: date | None = None
    marker: str | None = None  # the layout speaks only where this selector matches
    path: str | None = None  # regular expression; the layout speaks only where it is found in the address
    title: Selectors = ()
    subtitle: Selectors = ()
    kicker: Selectors = ()
    label: Selectors = ()  # what the page itself calls the document: "Pressemitteilung", "Rede"
    number: Selectors = ()
    day: Selectors = ()
    day_from_text: bool = False  # the head shows a wrong day: take that of the second dateline or the address
    updated: Selectors = ()
    lead: Selectors = ()
    body: Selectors = ()
    author: Selectors = ()
    attachments: Selectors = ()
    drop: Selectors = ()  # removed from the body before its text is taken
    outermost: bool = True  # of nested matches of `body` take the outer ones only


class Expect(_Strict, frozen=True):
    """What must hold for a run, otherwise it ends in an issue."""

    rows: int = 1  # rows on the first listing page, at least
    days: int | None = None  # after so many days without anything new the source is overdue


class Evidence(_Strict, frozen=True):
    """What our knowledge of the source rests on."""

    years: str
    confidence: Literal["high", "medium", "low"]
    note: str = ""


class Access(_Strict, frozen=True):
    """Politeness beyond the defaults, and what is known of licence and robots.txt."""

    delay: float | None = None  # seconds between two requests
    rechecks: int | None = None  # old pages looked at again in one day, where the default is too much
    licence: str | None = None
    robots: str | None = None


class Terms(_Strict, frozen=True):
    """What we do with a page that reserves text and data mining; docs/politeness.md says why."""

    mining: Literal["honoured", "permitted"] = "honoured"  # the reservation is, or mining is all the same
    reason: str | None = None  # why mining is permitted: a law, or who allowed it and when


class Address(_Strict, frozen=True):
    """A host, or a part of one, that is or was the source's: what web archives hold of it is the source's."""

    host: str  # without www.
    path: str | None = None  # regular expression that the path matches
    since: date | None = None
    until: date | None = None


class Sign(_Strict, frozen=True):
    """What speaks for a family on any page of a portal; one of the two is given."""

    selector: str | None = None  # CSS that matches on the page
    address: str | None = None  # regular expression for an address: of the page, or of what it links or loads
    weight: int = 2  # 5 settles it, 1 is a hint


class Family(_Strict, frozen=True):
    """What the sources of one content management system share."""

    title: str
    signs: tuple[Sign, ...] = ()
    spider: Literal["listing", "feed", "sitemap"] = "listing"
    listing: Listing = Listing()
    layouts: tuple[Layout, ...] = ()
    expect: Expect = Expect()
    every: Every | None = None  # time between two runs
    title_suffixes: tuple[str, ...] = ()  # cut from page titles
    title_prefixes: tuple[str, ...] = ()


class Source(_Strict, frozen=True):
    """One newsroom of a publisher that we follow, as its file states it."""

    title: str
    publisher: str
    jurisdiction: str
    family: str
    status: Literal["active", "unconfirmed", "retired", "demo"]
    home: str
    names: tuple[Name, ...]
    seeds: tuple[Seed, ...]
    evidence: Evidence
    hosts: tuple[str, ...] = ()
    addresses: tuple[Address, ...] = ()  # hosts that were the source's for a time, or shared with others
    listing: Listing = Listing()
    layouts: tuple[Layout, ...] = ()
    expect: Expect | None = None
    every: Every | None = None  # time between two runs, where it is not that of the family
    access: Access = Access()
    rights: Terms = Terms()
    title_suffixes: tuple[str, ...] = ()
    title_prefixes: tuple[str, ...] = ()
    fixes: dict[str, str] = {}  # a value as it stands on the page: what it should be
    key: str = ""  # the file's name

    @property
    def publishes(self) -> bool:
        """Whether news may be waited for: not from a portal that is gone, nor from an invented one."""
        return self.status not in ("retired", "demo")

    @property
    def honours_reservations(self) -> bool:
        return self.rights.mining == "honoured"

    def name_on(self, day: date | None) -> str:
        """The publisher's name on a day; the present one where none is known for it."""
        for name in self.names:
            if day and (name.since or date.min) <= day <= (name.until or date.max):
                return name.name
        return self.names[-1].name

    def standing(self, url: str) -> str:
        """An address with the scheme of today, and with or without `www.` as today.

        Archives hold http://example.org/a beside https://www.example.org/a; both are one page.
        """
        if host(url) != host(self.home) or urlsplit(url).port or urlsplit(self.home).port:
            return url
        return urlunsplit((*urlsplit(self.home)[:2], *urlsplit(url)[2:]))

    def speaks_at(self, url: str) -> bool:
        """Whether an address lies on one of the source's hosts."""
        return host(url) in {host(self.home), *(h.removeprefix("www.") for h in self.hosts)}


PARTS: Parts = {
    "names": Name,
    "seeds": Seed,
    "listing": Listing,
    "layouts": Layout,
    "expect": Expect,
    "evidence": Evidence,
    "access": Access,
    "rights": Terms,
    "addresses": Address,
}


def read_source(path: Path | Traversable) -> Source:
    """One source file. Raises SourceError that names file, key and mend."""
    source = decode(path, Source, PARTS)
    if source.family not in families():
        known = ", ".join(sorted(families()))
        raise SourceError(f'{path}: family "{source.family}" is unknown; known are {known}')
    if source.rights.mining == "permitted" and not source.rights.reason:
        mend = "give a reason: the law, or who allowed it and when"
        raise SourceError(f"{path}: [rights] permits mining in spite of a reservation; {mend}")
    if not source.names:
        raise SourceError(f"{path}: names is empty; give at least one [[names]] with the publisher's name")
    for seed in source.seeds:
        if seed.count and f"{seed.count.name.rpartition('.')[2]}" not in unquote(seed.body or seed.url):
            mend = "give it with the number of the first page"
            raise SourceError(
                f'{path}: "{seed.count.name}" does not stand in {seed.body or seed.url}; {mend}'
            )
    return msgspec.structs.replace(source, key=path.name.removesuffix(".toml"))


def read_sources(folder: Path | Traversable) -> dict[str, Source]:
    """Every source below a folder, by key. Raises SourceError for a broken file or a key given twice."""
    found: dict[str, Source] = {}
    for path in toml_files(folder):
        source = read_source(path)
        if source.key in found:
            raise SourceError(f'{path}: key "{source.key}" stands in two folders; rename one of the files')
        found[source.key] = source
    return found


@cache
def families() -> dict[str, Family]:
    """The families that ship with the package, by key."""
    folder = files("sources") / "families"
    return {p.name.removesuffix(".toml"): decode(p, Family, PARTS) for p in toml_files(folder)}


@cache
def registry() -> dict[str, Source]:
    """The sources that ship with the package, by key."""
    folders = [
        f for f in files("sources").iterdir() if f.is_dir() and f.name not in ("families", "__pycache__")
    ]
    found: dict[str, Source] = {}
    for folder in folders:
        found |= read_sources(folder)
    return dict(sorted(found.items()))


def known_sources(folders: Iterable[Path] = ()) -> dict[str, Source]:
    """The sources that ship with the package and those of further folders, which win; by key."""
    found = dict(registry())
    for folder in folders:
        found |= read_sources(folder)
    return found
