"""Stories of a usual sum are told anew where something came or went; they are those of telling all of it."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from archive.store import writing
from pipeline.aggregates import near, run
from tests.pipeline.small import start

DAYS = ("2025-11-03", "2025-12-10", "2026-01-15", "2026-01-20", "2026-02-26", None)
FEW = st.integers(0, 11)
HEAD = {"title": "Titel", "kind": "press_release", "source_key": "th-test", "publisher_id": "th-test"}
HEAD |= {"publisher_name": "Testministerium", "jurisdiction": "DE-TH", "version_id": "v", "characters": "1"}
HEAD |= dict.fromkeys(("first_seen_at", "last_seen_at", "last_changed_at"), "2026-03-01T08:00:00Z")
AMOUNT = {"start": 1, "end": 2, "currency": "EUR", "qualifier": "exact", "confidence": 1.0, "rule": "test"}
GRANT = {"status": "promised", "sentence": "Satz"}
QUICK = (Phase.explicit, Phase.reuse, Phase.generate)


class Release(NamedTuple):
    """A release that tells a grant of the usual sum, or of another, or none."""

    number: int
    day: str | None
    place: str | None
    recipient: str | None
    text: str | None  # of the group of releases with the same text
    sum: float | None


RELEASES = st.builds(
    Release,
    FEW,
    st.sampled_from(DAYS),
    st.sampled_from(["16065", "16066", None]),
    st.sampled_from(["Stadt Artern", "Kita Regenbogen", "Feuerwehr Artern", None]),
    st.sampled_from(["t", "u", None, None]),
    st.sampled_from([5e4, 5e4, 5e4, 7e4, None]),
)


@settings(max_examples=40, deadline=None, phases=QUICK)
@given(st.lists(st.lists(RELEASES, min_size=1, max_size=8), min_size=2, max_size=5))
def test_what_hangs_together_with_what_changed_is_all_that_changes(rounds: list[list[Release]]) -> None:
    with TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        patch.setattr(near, "USUAL", 0)
        patch.setattr(near, "SHARE", 0)
        db = written(Path(name))
        for some in rounds:
            with writing(db):
                for release in some:
                    tell(db, release)
                run.write(db)
            assert figures(db) == anew(db)
        db.close()


def written(folder: Path) -> Database:
    """An archive without releases, whose rows may refer to nothing."""
    db = start(folder).db
    db.execute("PRAGMA foreign_keys = OFF")
    return db


def tell(db: Database, said: Release) -> None:
    """A release comes, or says something else from now on."""
    key = f"r-{said.number:02}"
    for table in ("grants", "amounts", "releases", "text_group_members"):
        db.execute(f"DELETE FROM {table} WHERE {'id' if table == 'releases' else 'release_id'} = ?", (key,))
    db.table("releases").insert(HEAD | {"id": key, "url": key, "published_on": said.day})
    if said.text:
        row = (said.text, said.number, key, 1.0, 1.0)
        db.execute("INSERT INTO text_group_members VALUES (?, ?, ?, ?, ?)", row)
    if said.sum:
        amount = {"id": said.number + 1, "release_id": key, "value_min": said.sum, "value_max": said.sum}
        db.table("amounts").insert(amount | AMOUNT | {"surface": "x"})
        grant = {"amount_id": said.number + 1, "recipient": said.recipient, "district_ags": said.place}
        db.table("grants").insert(amount | AMOUNT | GRANT | grant)


def figures(db: Database) -> dict[str, list[tuple[object, ...]]]:
    return {table: sorted(db.execute(f"SELECT * FROM {table}"), key=repr) for table in run.DERIVED}


def anew(db: Database) -> dict[str, list[tuple[object, ...]]]:
    """The figures if all of it is told at once."""
    db.execute("BEGIN")
    run.forget(db)
    db.execute("INSERT INTO uncounted_releases (release_id) SELECT id FROM releases")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(near, "USUAL", 1000)
        run.write(db)
    found = figures(db)
    db.execute("ROLLBACK")
    return found
