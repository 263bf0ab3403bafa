"""What a search asks for, as a record and as SQL; pages, exports and alerts ask the same way."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields, replace
from typing import Literal
from urllib.parse import urlencode

from archive.filters import BETWEEN, FILTERS, FLAGS, day, euros
from archive.search_fields import Condition, Field
from archive.search_query import NOTHING, Alternative, Query, parse

MOST_PAGES = 500
TYPED = ("von", "bis", "betrag_von", "betrag_bis")  # filters that are typed and not chosen
TABLE_FILTERS = frozenset({"land", "herausgeber", "quelle", "art", "jahr", "von", "bis", "geaendert"})
# A page of an attachment stands for its release; two words may not meet by half in the one and the other.
IN_ATTACHMENTS = """
SELECT releases.rowid FROM attachment_pages_fts
    CROSS JOIN attachment_pages ON attachment_pages.id = attachment_pages_fts.rowid
    CROSS JOIN attachments ON attachments.payload_digest = attachment_pages.payload_digest
    CROSS JOIN releases ON releases.id = attachments.release_id
WHERE attachment_pages_fts MATCH :match
"""
Words = Literal["set", "none"]
MATCHES = f"""releases.rowid IN (
    SELECT rowid FROM releases_fts WHERE releases_fts MATCH :match UNION {IN_ATTACHMENTS})"""
WITHOUT = "releases.rowid NOT IN (SELECT rowid FROM releases_fts WHERE releases_fts MATCH :excluded)"
_WORDS = "releases.rowid IN (SELECT rowid FROM releases_fts WHERE releases_fts MATCH :{name})"
# `holds_words` is made known by `search_terms.register`.
_WRITTEN = """EXISTS (SELECT 1 FROM versions WHERE versions.id = releases.version_id
    AND holds_words({text}, :{name}_written))"""
_WHOLE_TEXT = "versions.title || char(10) || versions.text"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address of a search page says; empty fields were not asked for."""

    q: str = ""
    land: str = ""
    herausgeber: str = ""
    quelle: str = ""
    art: str = ""
    jahr: str = ""
    von: str = ""  # ISO days
    bis: str = ""
    kreis: str = ""
    gemeinde: str = ""
    person: str = ""
    amt: str = ""
    betrag_von: str = ""  # euros, in plain digits
    betrag_bis: str = ""
    geaendert: str = ""
    verschwunden: str = ""
    anhang: str = ""
    foerderung: str = ""
    sort: str = ""
    zeit: str = ""  # "anteil" draws shares of all releases over time
    seite: int = 1

    @property
    def query(self) -> Query:
        return parse(self.q)

    @property
    def match(self) -> str | None:
        """The expression for the full text index; None where no word was asked for."""
        query = self.query
        facts = any(isinstance(read, Field) for group in (*query.groups, query.excluded) for read in group)
        return None if not self.q.strip() or (facts and not query.words()) else query.expression()

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
        read = [read for group in (*self.query.groups, self.query.excluded) for read in group]
        if any(name not in TABLE_FILTERS for name, _ in self.set()) or any(map(_needs_more, read)):
            return None
        named = {"_search": self.q, "jurisdiction": self.land, "publisher_id": self.herausgeber}
        named |= {"kind": self.art, "versions__gt": "1" if self.geaendert else ""}
        named |= {"source_key": self.quelle, "published_on__gte": self.von, "published_on__lte": self.bis}
        named["published_on__startswith"] = f"{self.jahr}-" if self.jahr else ""
        return urlencode({k: v for k, v in named.items() if v})


def asked(args: object) -> Asked:
    """What an address asks for. Whatever cannot be meant is left out, nothing is an error."""
    values = {f.name: str(args.get(f.name) or "").strip()[:500] for f in fields(Asked)}  # type: ignore[attr-defined]
    page = values.pop("seite")
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 5 else 1
    values |= {"von": day(values["von"]), "bis": day(values["bis"], last=True)}
    values |= {name: euros(values[name]) for name in ("betrag_von", "betrag_bis")}
    values |= {name: "1" if values[name] not in ("", "0") else "" for name in FLAGS}
    return Asked(**values, seite=min(max(number, 1), MOST_PAGES))


def mistyped(args: object) -> dict[str, str]:
    """Days and sums that were typed and mean nothing, by the name of their field."""
    what = asked(args)
    typed = {name: str(args.get(name) or "").strip()[:500] for name in TYPED}  # type: ignore[attr-defined]
    return {name: text for name, text in typed.items() if text and not getattr(what, name)}


def conditions(what: Asked, without: str = "", words: Words = "set") -> tuple[str, dict[str, object]]:
    """The SQL condition on `releases` and its values; one filter can be left out, to count its own values.

    "none" leaves the words to the caller, who has them in `:match`. The connection must know the functions of
    `search_terms.register`.
    """
    values: dict[str, object] = {name: value for name, value in what.set() if name != without}
    both = {"betrag_von", "betrag_bis"} <= values.keys()
    conditions = [BETWEEN if both and name == "betrag_von" else FILTERS[name] for name in values]
    query = what.query
    if what.match is not None:
        conditions += [MATCHES] if words == "set" else []
        values["match"] = what.match
    if excluded := query.without():
        conditions.append(WITHOUT)
        values["excluded"] = excluded
    for at, group in enumerate(query.groups):
        if any(_needs_more(read) for read in group):
            parts = [_condition(read, f"q{at}_{n}") for n, read in enumerate(group)]
            conditions.append(" OR ".join(f"({sql})" for sql, _ in parts))
            values |= {name: value for _, some in parts for name, value in some.items()}
    for at, read in enumerate(filter(_needs_more, query.excluded)):
        sql, some = _condition(read, f"x{at}")
        conditions.append(f"NOT ({sql})")
        values |= some
    return " AND ".join(f"({condition})" for condition in conditions) or "1", values


def _needs_more(read: Alternative) -> bool:
    """Whether the full text index alone cannot say it."""
    return isinstance(read, Field) or read.written


def _condition(read: Alternative, name: str) -> Condition:
    if isinstance(read, Field):
        return read.condition(name) or ("0", {})
    sql = _WORDS.format(name=name)
    values: dict[str, object] = {name: read.expression()}
    if not read.written:
        return sql, values
    text = "versions.title" if read.title_only else _WHOLE_TEXT
    written = _WRITTEN.format(text=text, name=name)
    return f"{sql} AND {written}", values | {f"{name}_written": " ".join(read.tokens)}


def nothing_sought(what: Asked) -> bool:
    """Whether words were typed that say nothing to look for: only signs, or only exclusions."""
    return what.match == NOTHING
