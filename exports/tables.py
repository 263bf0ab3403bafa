"""The tidy tables that leave the archive: which rows, in which order, keyed by what lasts.

Row numbers of the archive are left behind, since another build numbers differently; what pointed to one
points to an address, a WARC record or a place in the text. Rows are read by ranges of keys, so that memory
does not grow with the archive, and are sorted by their key and, after it, by all they say.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Literal

from sqlite_utils import Database

from exports.columns import Column, columns

Row = tuple[object, ...]
Scope = Literal["release", "payload", "capture", "whole"]
STEP = 2000  # keys per range
RECORD = "(SELECT record_id FROM captures WHERE captures.id = t.{})"
CAPTURE = {"capture_id": ("capture_record", RECORD.format("capture_id"))}
URL = "(SELECT url FROM attachments WHERE attachments.id = t.attachment_id)"
SPAN = ("release_id", "field", "start", "end")
RESERVED = "coalesce(t.id IN (SELECT key FROM reserved_releases), 0)"


@dataclass(frozen=True, slots=True)
class Table:
    """How the rows of one table are found; `belongs` is SQL for the key that its scope is chosen by."""

    name: str
    key: tuple[str, ...]
    scope: Scope = "release"
    belongs: str = "t.release_id"
    instead: Mapping[str, tuple[str, str]] = field(
        default_factory=dict
    )  # column: (name, SQL) that stand for it
    more: Mapping[str, str] = field(default_factory=dict)  # further columns with their SQL
    without: frozenset[str] = frozenset()  # columns that mean nothing outside
    wording: frozenset[str] = frozenset()  # columns that hold words of a release
    where: str = "1"
    join: str = ""


def _mentions(name: str, wording: tuple[str, ...] = ("surface",), **more: str) -> Table:
    return Table(
        name, (*SPAN, "nth"), without=frozenset({"id", "amount_id"}), wording=frozenset(wording), more=more
    )


TABLES = (
    Table(
        "releases",
        ("id",),
        belongs="t.id",
        wording=frozenset({"title", "kicker", "subtitle"}),
        more={"tdm_reserved": RESERVED},
    ),
    Table("versions", ("release_id", "number"), instead=CAPTURE, wording=frozenset({"title", "text"})),
    Table(
        "version_captures",
        ("release_id", "version_id", "capture_record"),
        belongs="v.release_id",
        instead=CAPTURE,
        more={"release_id": "v.release_id"},
        join="JOIN versions v ON v.id = t.version_id",
    ),
    Table("release_addresses", ("release_id", "source_key", "url")),
    _mentions("minister_mentions"),
    _mentions("person_mentions"),
    _mentions("district_mentions"),
    _mentions("municipality_mentions"),
    _mentions("amounts"),
    _mentions("dates"),
    _mentions(
        "grants",
        ("sentence", "purpose"),
        amount_field="(SELECT field FROM amounts WHERE amounts.id = t.amount_id)",
        amount_start='(SELECT "start" FROM amounts WHERE amounts.id = t.amount_id)',
        amount_end='(SELECT "end" FROM amounts WHERE amounts.id = t.amount_id)',
    ),
    Table("grant_tellings", ("release_id", "key")),
    # The plus: of an index by story and release SQLite would try every release for each story.
    Table(
        "grant_stories",
        ("id",),
        "whole",
        where="""EXISTS (SELECT 1 FROM grant_tellings g
            WHERE g.story_id = t.id AND +g.release_id IN (SELECT key FROM chosen_release))""",
    ),
    Table(
        "attachments",
        ("release_id", "url"),
        instead=CAPTURE,
        without=frozenset({"id", "read_as"}),
        wording=frozenset({"title"}),
    ),
    Table(
        "attachment_files",
        ("release_id", "attachment_url", "number"),
        belongs="a.release_id",
        instead=CAPTURE | {"attachment_id": ("attachment_url", "a.url")},
        more={"release_id": "a.release_id"},
        join="JOIN attachments a ON a.id = t.attachment_id",
    ),
    Table("attachment_texts", ("payload_digest",), "payload", "t.payload_digest"),
    Table(
        "attachment_pages",
        ("payload_digest", "page"),
        "payload",
        "t.payload_digest",
        without=frozenset({"id"}),
        wording=frozenset({"text"}),
    ),
    Table(
        "attachment_mentions",
        ("release_id", "attachment_url", "page", "start", "end", "kind", "nth"),
        instead={"attachment_id": ("attachment_url", URL)},
        without=frozenset({"id"}),
        wording=frozenset({"surface"}),
    ),
    Table(
        "changes",
        ("release_id", "id"),
        without=frozenset({"compared"}),
        wording=frozenset({"title_difference", "text_difference"}),
    ),
    Table(
        "fact_changes",
        ("release_id", "change_id", "number"),
        wording=frozenset({"old_surface", "new_surface"}),
    ),
    Table("presence", ("release_id",)),
    Table(
        "text_groups",
        ("id",),
        "whole",
        wording=frozenset({"title"}),
        where="""EXISTS (SELECT 1 FROM text_group_members m
            WHERE m.group_id = t.id AND m.release_id IN (SELECT key FROM chosen_release))""",
    ),
    Table(
        "text_group_members",
        ("group_id", "number"),
        "whole",
        where="t.release_id IN (SELECT key FROM chosen_release)",
    ),
    Table(
        "captures",
        ("record_id",),
        "capture",
        "t.record_id",
        instead={"refers_to": ("refers_to_record", RECORD.format("refers_to"))},
        without=frozenset({"id", "run_id"}),
    ),
    Table("moves", ("source_key", "url"), "whole"),
    Table("corrections", ("id",), "whole", wording=frozenset({"surface", "value"})),
    Table("redactions", ("id",), "whole"),
    Table("redacted_releases", ("release_id", "redaction_id"), "whole"),
    Table("coverage", ("source_key", "year"), "whole"),
    Table(
        "coverage_gaps",
        ("source_key", "year", "kind", "subject", "nth"),
        "whole",
        without=frozenset({"id"}),
    ),
    Table("sources", ("key",), "whole"),
    Table("publishers", ("id",), "whole"),
    Table("publisher_names", ("publisher_id", "name"), "whole"),
    Table("ministers", ("id",), "whole"),
    Table(
        "terms",
        ("minister_id", "jurisdiction", "office", "from_on", "nth"),
        "whole",
        without=frozenset({"id"}),
    ),
    Table("districts", ("ags",), "whole"),
    Table("municipalities", ("ags",), "whole"),
)


@dataclass(frozen=True, slots=True)
class Shape:
    """A table with its columns as they are written, and the SQL that reads them."""

    table: Table
    columns: tuple[Column, ...]
    sql: str
    source: str  # of the SQL, from FROM on, without the order

    @property
    def name(self) -> str:
        return self.table.name

    @property
    def key(self) -> tuple[int, ...]:
        """The places of the key in a row."""
        names = [column.name for column in self.columns]
        return tuple(names.index(name) for name in self.table.key)


Wording = Literal["all", "unreserved", "none"]


def shape(db: Database, table: Table, wording: Wording = "unreserved") -> Shape:
    """The columns of a table and its SQL. With wording "none" no column holds words of a release;
    with "unreserved" those of releases are empty whose page reserves text and data mining.
    """
    names = {}
    for column in db.table(table.name).columns:
        name, sql = table.instead.get(column.name, (column.name, column.name))
        if column.name not in table.without and not (wording == "none" and column.name in table.wording):
            names[name] = sql
    names |= table.more
    numbered = "nth" in table.key
    found = columns(db, table.name, names | ({"nth": "nth"} if numbered else {}), table.wording)
    told = [_told(table, name, sql, wording) for name, sql in names.items()]
    listed = ", ".join(f'{sql} AS "{name}"' for name, sql in zip(names, told, strict=True))
    order = [f'"{name}"' for name in table.key if name != "nth"]
    order += [str(at + 1) for at in range(len(names))] if numbered else []
    # The range stands within: of the whole list SQLite would try every key anew for each range.
    keys = f"SELECT key FROM chosen_{table.scope} WHERE key > :after AND key <= :last"
    where = "1" if table.scope == "whole" else f"{table.belongs} IN ({keys})"
    source = f'FROM "{table.name}" t {table.join} WHERE {where} AND {table.where}'
    return Shape(table, tuple(found), f"SELECT {listed} {source} ORDER BY {', '.join(order)}", source)


def _told(table: Table, name: str, sql: str, wording: Wording) -> str:
    plain = f't."{name}"' if name == sql else sql
    if name not in table.wording or wording != "unreserved" or table.name == "corrections":
        return plain
    belongs = "t.first_release_id" if table.name == "text_groups" else table.belongs
    reserved = "reserved_payloads" if table.scope == "payload" else "reserved_releases"
    return f"CASE WHEN {belongs} IN (SELECT key FROM {reserved}) THEN NULL ELSE {plain} END"


def rows(db: Database, what: Shape, advance: Callable[[int], None] = lambda keys: None) -> Iterator[Row]:
    """The rows of a table, sorted; `advance` is called with the keys that were read since the last call."""
    found = _rows(db, what, advance)
    return numbered(found, what) if "nth" in what.table.key else found


def is_longer(db: Database, what: Shape, most: int) -> bool:
    """Whether more rows than these were chosen; no more of them are counted."""
    counted = f"SELECT count(*) FROM (SELECT 1 {what.source} LIMIT :most + 1)"
    found: int = db.execute(counted, {"after": "", "last": "\U0010ffff", "most": most}).fetchone()[0]
    return found > most


def _rows(db: Database, what: Shape, advance: Callable[[int], None]) -> Iterator[Row]:
    if what.table.scope == "whole":
        # A bare cursor would be closed with this generator, maybe after its database, and complain.
        yield from chain(db.execute(what.sql))
        advance(1)
        return
    keys = db.execute(f"SELECT key FROM chosen_{what.table.scope} ORDER BY key")
    after = ""
    while some := list(islice(keys, STEP)):
        last = some[-1][0]
        yield from chain(db.execute(what.sql, {"after": after, "last": last}))
        after = last
        advance(len(some))


def numbered(found: Iterator[Row], what: Shape) -> Iterator[Row]:
    """Rows with the number among those of the same key, which comes last."""
    places = what.key[:-1]
    assert what.key[-1] == len(what.columns) - 1
    before: Row | None = None
    number = 0
    for row in found:
        key = tuple(row[at] for at in places)
        number = number + 1 if key == before else 1
        before = key
        yield (*row, number)


def objects(what: Shape, found: Iterable[Row]) -> Iterator[dict[str, object]]:
    """Rows by name; truths are true and false."""
    names = [column.name for column in what.columns]
    truths = [column.name for column in what.columns if column.type == "boolean"]
    for row in found:
        told = dict(zip(names, row, strict=True))
        for name in truths:
            told[name] = None if told[name] is None else bool(told[name])
        yield told
