"""What another archive remembers beside its captures: sources, runs, lists, entries and open questions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from archive.redaction.decisions import Redaction
from pipeline.merging.texts import clean, is_gone
from pipeline.merging.theirs import Row, rows

SLICE = 1000
KILLED = "the process was killed"
LISTS = """
SELECT l.* FROM run_lists l JOIN runs r ON r.id = l.run_id WHERE r.source_key = ? AND r.kind = 'crawl'
"""
LIST_ENTRIES = f"""
SELECT * FROM list_entries WHERE source_key = ? AND (seed, url) > (?, ?) ORDER BY seed, url LIMIT {SLICE}
"""
ENTRIES = f"""
SELECT e.*, f.record_id AS first_record, l.record_id AS last_record FROM entries e
    LEFT JOIN captures f ON f.id = e.first_capture_id LEFT JOIN captures l ON l.id = e.last_capture_id
WHERE e.source_key = ? AND e.url > ? ORDER BY e.url LIMIT {SLICE}
"""
SAID = ("title", "kicker", "number", "listed_on", "listed_raw", "lead")  # what the newer list says, holds
_TOLD = ", ".join(
    f"{f} = CASE WHEN (excluded.last_seen_at, coalesce(excluded.{f}, '')) > "
    f"(last_seen_at, coalesce({f}, '')) THEN coalesce(excluded.{f}, {f}) ELSE coalesce({f}, excluded.{f}) END"
    for f in SAID
)
_CAPTURE = "(SELECT id FROM captures WHERE record_id = :{}_record)"
ENTRY = f"""
INSERT INTO entries (source_key, url, {", ".join(SAID)}, first_seen_at, last_seen_at, first_capture_id,
    last_capture_id)
VALUES (:source_key, :url, {", ".join(f":{f}" for f in SAID)}, :first_seen_at, :last_seen_at,
    {_CAPTURE.format("first")}, {_CAPTURE.format("last")})
ON CONFLICT (source_key, url) DO UPDATE SET {_TOLD},
    first_capture_id = CASE WHEN excluded.first_seen_at < first_seen_at THEN excluded.first_capture_id
        ELSE coalesce(first_capture_id, excluded.first_capture_id) END,
    last_capture_id = CASE WHEN excluded.last_seen_at > last_seen_at THEN excluded.last_capture_id
        ELSE coalesce(last_capture_id, excluded.last_capture_id) END,
    first_seen_at = min(first_seen_at, excluded.first_seen_at),
    last_seen_at = max(last_seen_at, excluded.last_seen_at)
"""
ISSUES = f"""
SELECT i.*, c.record_id AS of_record FROM issues i LEFT JOIN captures c ON c.id = i.capture_id
WHERE i.id > ? ORDER BY i.id LIMIT {SLICE}
"""
ISSUE = f"""
INSERT INTO issues (kind, source_key, subject, message, mend, capture_id, release_id, first_seen_at,
    last_seen_at, times, closed_at)
VALUES (:kind, :source_key, :subject, :message, :mend, {_CAPTURE.format("of")}, :release_id, :first_seen_at,
    :last_seen_at, :times, :closed_at)
ON CONFLICT (kind, subject) DO UPDATE SET
    closed_at = CASE WHEN excluded.last_seen_at > last_seen_at THEN excluded.closed_at
        WHEN excluded.last_seen_at = last_seen_at THEN min(closed_at, excluded.closed_at) ELSE closed_at END,
    first_seen_at = min(first_seen_at, excluded.first_seen_at), times = max(times, excluded.times),
    last_seen_at = max(last_seen_at, excluded.last_seen_at)
"""


def sources(db: Database, other: Database) -> None:
    """Sources and publishers that are not known; of the others, the next build tells all from the files."""
    for table in ("publishers", "publisher_names", "sources"):
        for row in rows(other, f"SELECT * FROM {table}"):
            _insert(db, table, row, "OR IGNORE")


def entries(
    db: Database, other: Database, key: str, decisions: Sequence[Redaction], *, dry: bool = False
) -> int:
    """What lists promised; how many entries are new. Rows of captures must stand already."""
    new, last = 0, ""
    while found := rows(other, ENTRIES, key, last):
        last = str(found[-1]["url"])
        for row in found:
            if is_gone(str(row["url"]), decisions):
                continue
            told = _cleaned(row, decisions)
            known = "SELECT 1 FROM entries WHERE source_key = ? AND url = ?"
            new += db.execute(known, (key, told["url"])).fetchone() is None
            if not dry:
                db.execute(ENTRY, told)
    return new


def lists(
    db: Database, other: Database, key: str, runs: Mapping[int, int], decisions: Sequence[Redaction]
) -> None:
    """What each list showed in which run, and which entries stood on it."""
    for row in rows(other, LISTS, key):
        run = runs[_number(row["run_id"])]
        _insert(db, "run_lists", {**_cleaned(row, decisions), "run_id": run}, "OR IGNORE")
    last = ("", "")
    while found := rows(other, LIST_ENTRIES, key, *last):
        last = (str(found[-1]["seed"]), str(found[-1]["url"]))
        for row in found:
            if not is_gone(str(row["url"]), decisions):
                _insert(db, "list_entries", _cleaned(row, decisions), "OR IGNORE")


def issues(db: Database, other: Database, keys: Sequence[str], decisions: Sequence[Redaction]) -> None:
    """What somebody must look at; of what both know, the newer says whether it is open."""
    releases = {release for r in decisions if r.kind == "release" for release in r.releases}
    last = 0
    while found := rows(other, ISSUES, last):
        last = _number(found[-1]["id"])
        for row in found:
            about = row["source_key"] in (None, *keys) and row["release_id"] not in releases
            if about and not is_gone(str(row["subject"]), decisions):
                db.execute(ISSUE, _cleaned(row, decisions))


@dataclass(frozen=True, slots=True)
class Runs:
    """Which run there is which here, and how many are new."""

    ids: dict[int, int]
    new: int


def runs(
    db: Database, other: Database, key: str, decisions: Sequence[Redaction], *, dry: bool = False
) -> Runs:
    """The crawls of a source. A run that was not over when it was merged first, is it now."""
    sql = "SELECT * FROM runs WHERE source_key = ? AND kind = 'crawl' ORDER BY id"
    ours = [(_number(row["id"]), _said(row)) for row in rows(db, sql, key)]
    ids: dict[int, int] = {}
    new = 0
    for told in rows(other, sql, key):
        row = _said(_cleaned(told, decisions))
        same = next((known for known in ours if _is_same(known[1], row)), None)
        if same is None:
            new += 1
            ids[_number(told["id"])] = 0 if dry else _insert(db, "runs", row)
            continue
        ours.remove(same)
        ids[_number(told["id"])] = same[0]
        if not dry and _is_open(same[1]) and not _is_open(row):
            changes = ", ".join(f"{name} = :{name}" for name in row)
            db.execute(f"UPDATE runs SET {changes} WHERE id = :id", {**row, "id": same[0]})
    return Runs(ids, new)


def in_order(db: Database, key: str) -> None:
    """Let the ids of a source's runs rise with time again: the last run is the one with the greatest id."""
    sql = "SELECT id, started_at, ended_at FROM runs WHERE source_key = ? AND kind = 'crawl' ORDER BY id"
    known = [(row["id"], row["started_at"], row["ended_at"] or "~") for row in rows(db, sql, key)]
    by_time = sorted(known, key=lambda run: run[1:])
    moved = [(old[0], new[0]) for old, new in zip(by_time, known, strict=True) if old[0] != new[0]]
    if not moved:
        return
    db.execute("PRAGMA defer_foreign_keys = ON")
    db.execute("CREATE TEMP TABLE run_moves (old INTEGER PRIMARY KEY, new INTEGER)")
    db.conn.executemany("INSERT INTO run_moves VALUES (?, ?)", moved)
    new = "(SELECT new FROM run_moves WHERE old = {})"
    for table, column in (("runs", "id"), ("run_lists", "run_id")):
        among = f"{column} IN (SELECT old FROM run_moves)"
        db.execute(f"UPDATE {table} SET {column} = -{new.format(column)} WHERE {among}")
        db.execute(f"UPDATE {table} SET {column} = -{column} WHERE {column} < 0")
    db.execute(
        f"UPDATE captures SET run_id = {new.format('run_id')} WHERE source_key = ? "
        "AND run_id IN (SELECT old FROM run_moves)",
        (key,),
    )
    db.execute("DROP TABLE run_moves")


def _said(row: Row) -> Row:
    return {name: value for name, value in row.items() if name != "id"}


def _is_same(one: Row, other: Row) -> bool:
    return one == other or (one["started_at"] == other["started_at"] and (_is_open(one) or _is_open(other)))


def _is_open(run: Row) -> bool:
    return run["ended_at"] is None or run["reason"] == KILLED


def _cleaned(row: Row, decisions: Sequence[Redaction]) -> Row:
    if not decisions:
        return row
    return {name: clean(said, decisions) if isinstance(said, str) else said for name, said in row.items()}


def _insert(db: Database, table: str, row: Row, how: str = "") -> int:
    # The other archive names its columns as it likes: no name may end its quotation marks.
    names = ", ".join('"{}"'.format(name.replace('"', '""')) for name in row)
    marks = ", ".join("?" * len(row))
    sql = f"INSERT {how} INTO {table} ({names}) VALUES ({marks})"
    return db.execute(sql, list(row.values())).lastrowid or 0


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0
