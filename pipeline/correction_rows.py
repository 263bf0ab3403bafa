"""What people decided, as rows: what changed in their file since the last build, and what became of it."""

from collections.abc import Iterable

import msgspec
from sqlite_utils import Database

from archive import issues
from archive.corrections import Correction, Corrections
from archive.errors import ArchiveError
from archive.records import Issue
from pipeline.corrected import Effect

COLUMNS = (
    'id, release_id, text_hash, kind, field, "start", "end", surface, action, value, author, reason, '
    "decided_on, state"
)
ABOUT_RELEASE = """
SELECT DISTINCT a.release_id FROM corrections c JOIN release_addresses a ON a.id = c.release_id WHERE c.id = ?
"""
ABOUT_PERSON = """
SELECT DISTINCT release_id FROM minister_mentions
WHERE minister_id IN (SELECT json_extract(value, '$.person') FROM corrections WHERE id = :id
    UNION SELECT json_extract(value, '$.into') FROM corrections WHERE id = :id)
"""


def sync(db: Database, corrections: Corrections) -> set[str]:
    """Bring the table to the state of the file; the releases that must be read again for it.

    Raises ArchiveError where the archive was built with decisions and their file is not there.
    """
    before = {key: row for key, *row in db.execute(f"SELECT {COLUMNS} FROM corrections").fetchall()}
    if before and not corrections.has_file:
        raise ArchiveError(
            f"this archive was built with {len(before)} corrections, and their file is not there; name it "
            "with --corrections"
        )
    now = {c.id: _row(c) for c in corrections.all}
    changed = {key for key, row in now.items() if before.get(key, [])[:-1] != row[:-1]}
    gone = set(before) - set(now)
    affected = _releases(db, gone | changed)
    for key in gone | changed:
        db.execute("DELETE FROM corrections WHERE id = ?", (key,))
    marks = ", ".join("?" * len(COLUMNS.split(",")))
    for key in sorted(changed):
        db.execute(f"INSERT INTO corrections ({COLUMNS}) VALUES ({marks})", (key, *now[key]))
    return affected | _releases(db, changed)


def _row(correction: Correction) -> list[object]:
    said = msgspec.to_builtins(correction)
    mention = correction.mention
    target: tuple[object, ...] = (None,) * 5
    if mention:
        target = (mention.kind, mention.field, mention.start, mention.end, mention.surface)
    if correction.action in ("merge", "split"):
        value = {k: said[k] for k in ("person", "into", "source", "since", "until") if k in said}
    else:
        value = said.get("value", {})
    return [
        *(correction.release, correction.text_hash, *target, correction.action),
        *(msgspec.json.encode(value).decode() if value else None, correction.author, correction.reason),
        *(correction.decided_on.isoformat(), "new"),
    ]


def _releases(db: Database, keys: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for key in keys:
        found |= {release for (release,) in db.execute(ABOUT_RELEASE, (key,)).fetchall()}
        found |= {release for (release,) in db.execute(ABOUT_PERSON, {"id": key}).fetchall()}
    return found


def note(db: Database, release: str, effects: Iterable[Effect], at: str) -> None:
    """Write down what became of the decisions about a release."""
    for effect in effects:
        sql = "UPDATE corrections SET state = ?, rule = coalesce(?, rule) WHERE id = ?"
        db.execute(sql, (effect.state, effect.rule, effect.correction))
        if effect.state != "reopened":
            issues.close(db, "correction_reopened", [effect.correction], at)
            continue
        which = effect.correction
        message = f"The text of {release} is another than the one that correction {which} is about."
        mend = f"Look at the new text, then `pressearchiv correct withdraw {which}` and decide again."
        found = Issue("correction_reopened", effect.correction, message, mend, release_id=release)
        issues.note(db, [found], at)


def settle(db: Database) -> None:
    """Say of the decisions that no reading answered what became of them."""
    db.execute("UPDATE corrections SET state = 'applied' WHERE action IN ('merge', 'split')")
    db.execute(
        "UPDATE corrections SET state = 'unknown' WHERE release_id IS NOT NULL AND state <> 'unknown' "
        "AND release_id NOT IN (SELECT id FROM release_addresses)"
    )
