"""What a search asks for, as a record and as SQL; pages, exports and alerts ask the same way."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields, replace
from urllib.parse import urlencode

from archive.filters import BETWEEN, FILTERS, FLAGS, day, euros
from archive.search_query import NOTHING, Query, parse

MOST_PAGES = 500
TABLE_FILTERS = frozenset({"land", "herausgeber", "quelle", "art", "jahr", "von", "bis", "geaendert"})
# A page of an attachment stands for its release; two words may not meet by half in the one and the other.
IN_ATTACHMENTS = """
SELECT releases.rowid FROM attachment_pages_fts
    CROSS JOIN attachment_pages ON attachment_pages.id = attachment_pages_fts.rowid
    CROSS JOIN attachments ON attachments.payload_digest = attachment_pages.payload_digest
    CROSS JOIN releases ON releases.id = attachments.release_id
WHERE attachment_pages_fts MATCH :match
"""
MATCHES = f"""releases.rowid IN (
    SELECT rowid FROM releases_fts WHERE releases_fts MATCH :match UNION {IN_ATTACHMENTS})"""
WITHOUT = "releases.rowid NOT IN (SELECT rowid FROM releases_fts WHERE releases_fts MATCH :excluded)"


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
        if any(name not in TABLE_FILTERS for name, _ in self.set()):
            return None
        named = {"_search": self.q, "jurisdiction": self.land, "publisher_name": self.herausgeber}
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


def conditions(what: Asked, without: str = "") -> tuple[str, dict[str, object]]:
    """The SQL condition on `releases` and its values; one filter can be left out, to count its own values."""
    values: dict[str, object] = {name: value for name, value in what.set() if name != without}
    both = {"betrag_von", "betrag_bis"} <= values.keys()
    conditions = [BETWEEN if both and name == "betrag_von" else FILTERS[name] for name in values]
    if what.match is not None:
        conditions.append(MATCHES)
        values["match"] = what.match
        if excluded := what.query.without():
            conditions.append(WITHOUT)
            values["excluded"] = excluded
    return " AND ".join(f"({condition})" for condition in conditions) or "1", values


def nothing_sought(what: Asked) -> bool:
    """Whether words were typed that say nothing to look for: only signs, or only exclusions."""
    return what.match == NOTHING
