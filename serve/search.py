"""The search page: what was asked, the releases that answer, and the numbers beside each filter."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import asdict, dataclass, fields, replace
from urllib.parse import urlencode

from datasette.database import Database

from archive.search_query import NOTHING, Query, parse
from serve.archive_rows import Row, row, rows, rows_in_time
from serve.german import KINDS, LANDS
from serve.snippets import Piece, hits, pieces, snippet

PER_PAGE = 20
FEED_LENGTH = 50
MOST_PAGES = 500
FACET_LENGTH = 12
FILTERS = {
    "land": "releases.jurisdiction = :land",
    "herausgeber": "releases.publisher_name = :herausgeber",
    "art": "releases.kind = :art",
    "jahr": "releases.published_on >= :jahr || '-01-01' AND releases.published_on <= :jahr || '-12-31'",
    "kreis": """releases.id IN (
        SELECT release_id FROM district_mentions WHERE district_ags = :kreis
        UNION SELECT release_id FROM municipality_mentions WHERE district_ags = :kreis)""",
    "person": "releases.id IN (SELECT release_id FROM minister_mentions WHERE minister_id = :person)",
    "geaendert": "releases.versions > 1",
}
FACETS = {
    "land": ("Land", "SELECT releases.jurisdiction AS value, NULL AS label, count(*) AS n FROM releases"),
    "herausgeber": (
        "Herausgeber",
        "SELECT releases.publisher_name AS value, NULL AS label, count(*) AS n FROM releases",
    ),
    "art": ("Art", "SELECT releases.kind AS value, NULL AS label, count(*) AS n FROM releases"),
    "jahr": (
        "Jahr",
        "SELECT substr(releases.published_on, 1, 4) AS value, NULL AS label, count(*) AS n FROM releases",
    ),
    "kreis": (
        "Kreis",
        """SELECT districts.ags AS value, districts.name AS label, count(DISTINCT releases.id) AS n
        FROM releases JOIN district_mentions ON district_mentions.release_id = releases.id
        JOIN districts ON districts.ags = district_mentions.district_ags""",
    ),
    "person": (
        "Person",
        """SELECT ministers.id AS value, ministers.name AS label, count(DISTINCT releases.id) AS n
        FROM releases JOIN minister_mentions ON minister_mentions.release_id = releases.id
        JOIN ministers ON ministers.id = minister_mentions.minister_id""",
    ),
}
LABELS = {"land": LANDS, "art": KINDS}
NAMES = {
    "kreis": "SELECT name FROM districts WHERE ags = :value",
    "person": "SELECT name FROM ministers WHERE id = :value",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address of a search page says; empty fields were not asked for."""

    q: str = ""
    land: str = ""
    herausgeber: str = ""
    art: str = ""
    jahr: str = ""
    kreis: str = ""
    person: str = ""
    geaendert: str = ""
    sort: str = ""
    seite: int = 1

    @property
    def query(self) -> Query:
        return parse(self.q)

    @property
    def match(self) -> str | None:
        """The expression for the full text index; None where no word was asked for."""
        return self.query.expression() if self.q.strip() else None

    @property
    def by_rank(self) -> bool:
        return self.sort == "passend" and self.match is not None

    def set(self) -> Iterator[tuple[str, str]]:
        """The filters that are set."""
        values = asdict(self)
        return ((name, values[name]) for name in FILTERS if values[name])

    def address(self, path: str = "/suche", **changes: object) -> str:
        """The address of this search with some fields changed; from the first page unless said."""
        values = asdict(replace(self, **{"seite": 1} | changes))  # type: ignore[arg-type]
        values["seite"] = "" if values["seite"] == 1 else values["seite"]
        return f"{path}?{urlencode({k: v for k, v in values.items() if v})}".rstrip("?")

    def table(self) -> str | None:
        """The same hits as a table of Datasette; None where its filters cannot say it."""
        if self.kreis or self.person:
            return None
        named = {"_search": self.q, "jurisdiction": self.land, "publisher_name": self.herausgeber}
        named |= {"kind": self.art, "versions__gt": "1" if self.geaendert else ""}
        named["published_on__startswith"] = f"{self.jahr}-" if self.jahr else ""
        return urlencode({k: v for k, v in named.items() if v})


@dataclass(frozen=True, slots=True)
class Hit:
    """A release as the list of results shows it."""

    release: Row
    title: list[Piece]
    passage: list[Piece]


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter, how many hits it has and where choosing it leads."""

    label: str
    count: int
    address: str
    chosen: bool
    share: int  # per cent of the largest, for a bar


@dataclass(frozen=True, slots=True)
class Facet:
    """A filter; `choices` is None where counting took too long."""

    title: str
    choices: list[Choice] | None


@dataclass(frozen=True, slots=True)
class Found:
    """Everything the search page says."""

    total: int | None
    hits: list[Hit]
    facets: list[Facet]
    pages: int
    chips: list[tuple[str, str]]  # a filter in words, and the address without it


def asked(args: object) -> Asked:
    """What an address asks for. Whatever cannot be meant is left out, nothing is an error."""
    values = {f.name: str(args.get(f.name) or "").strip()[:500] for f in fields(Asked)}  # type: ignore[attr-defined]
    page = values.pop("seite")
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 5 else 1
    return Asked(**values, seite=min(max(number, 1), MOST_PAGES))


async def find(db: Database, what: Asked) -> Found:
    """The page of hits that was asked for, with its filters."""
    where, values = _conditions(what)
    counted = await rows_in_time(db, f"SELECT count(*) AS n FROM releases WHERE {where}", values)
    total = counted[0]["n"] if counted else None
    found = await _hits(db, what, PER_PAGE, (what.seite - 1) * PER_PAGE)
    facets = [await _facet(db, what, name) for name in FACETS]
    pages = MOST_PAGES if total is None else min(-(-total // PER_PAGE), MOST_PAGES)
    return Found(total, found, facets, pages, [chip async for chip in _chips(db, what)])


async def newest(db: Database, what: Asked) -> list[Hit]:
    """The newest hits, for a feed."""
    return await _hits(db, replace(what, sort=""), FEED_LENGTH, 0)


def _conditions(what: Asked, without: str = "") -> tuple[str, dict[str, object]]:
    values: dict[str, object] = {name: value for name, value in what.set() if name != without}
    conditions = [FILTERS[name] for name in values]
    if what.match is not None:
        conditions.append(
            "releases.rowid IN (SELECT rowid FROM releases_fts WHERE releases_fts MATCH :match)"
        )
        values["match"] = what.match
    return " AND ".join(f"({condition})" for condition in conditions) or "1", values


async def _hits(db: Database, what: Asked, limit: int, offset: int) -> list[Hit]:
    where, values = _conditions(what)
    joined, order = "", "releases.published_on DESC, releases.first_seen_at DESC, releases.id"
    if what.by_rank:
        joined = "JOIN releases_fts ON releases_fts.rowid = releases.rowid AND releases_fts MATCH :match"
        order = f"releases_fts.rank, {order}"
    found = await rows(
        db,
        f"""SELECT releases.*, versions.text FROM (
            SELECT releases.*, row_number() OVER (ORDER BY {order}) AS place FROM releases {joined}
            WHERE {where} ORDER BY {order} LIMIT :limit OFFSET :offset) AS releases
        JOIN versions ON versions.id = releases.version_id ORDER BY place""",
        values | {"limit": limit, "offset": offset},
    )
    return [_hit(release, what.query) for release in found]


def _hit(release: Row, query: Query) -> Hit:
    title, text = str(release["title"]), str(release["text"])
    return Hit(release, pieces(title, hits(title, query)), snippet(text, query))


async def _facet(db: Database, what: Asked, name: str) -> Facet:
    title, select = FACETS[name]
    where, values = _conditions(what, without=name)
    order = "value DESC" if name == "jahr" else "n DESC, value"
    grouped = f"GROUP BY value HAVING value IS NOT NULL ORDER BY {order} LIMIT {FACET_LENGTH}"
    sql = f"{select} WHERE {where} {grouped}"
    counted = await rows_in_time(db, sql, values)
    if counted is None:
        return Facet(title, None)
    most = max((r["n"] for r in counted), default=1)
    return Facet(title, [_choice(what, name, r, most) for r in counted])


def _choice(what: Asked, name: str, counted: Row, most: int) -> Choice:
    value, count = str(counted["value"]), counted["n"]
    chosen = getattr(what, name) == value
    label = str(counted["label"] or LABELS.get(name, {}).get(value, value))
    address = what.address(**{name: "" if chosen else value})
    return Choice(label, count, address, chosen, max(1, round(100 * count / most)))


async def _chips(db: Database, what: Asked) -> AsyncIterator[tuple[str, str]]:
    for name, value in what.set():
        label = LABELS.get(name, {}).get(value, value)
        if name in NAMES:
            named = await row(db, NAMES[name], {"value": value})
            label = str(named["name"]) if named else value
        word = "nachträglich geändert" if name == "geaendert" else f"{FACETS[name][0]}: {label}"
        yield word, what.address(**{name: ""})


def nothing_sought(what: Asked) -> bool:
    """Whether words were typed that say nothing to look for: only signs, or only exclusions."""
    return what.match == NOTHING
