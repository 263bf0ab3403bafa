"""What older rules found is found anew by the next build, in place and with the decisions of people."""

from datetime import date

import pytest

from archive.corrections import Corrections, Target, decided
from pipeline.extract.release import RULES_VERSION
from tests.pipeline.small import Small, page

URL = "https://test.example/presse/1"
TEXT = "Der Landkreis Gotha erhält 477.970 Euro für drei Schulen. Die Kosten liegen bei 2,3 Millionen Euro."
NAMED = (
    "SELECT surface, value_max FROM amounts ORDER BY start",
    "SELECT surface, district_ags FROM district_mentions ORDER BY start",
    "SELECT value_max, district_ags, purpose FROM grants",
    "SELECT amount_max FROM releases",
)
RULES = "SELECT value FROM archive_state WHERE key = 'rules'"


@pytest.fixture
def built(small: Small) -> Small:
    small.capture(URL, page("Bescheid übergeben", TEXT))
    small.build()
    return small


def _named(small: Small) -> list[list[tuple[object, ...]]]:
    return [small.rows(sql) for sql in NAMED]


def _as_by_older_rules(small: Small) -> None:
    small.db.execute("UPDATE archive_state SET value = '0' WHERE key = 'rules'")
    small.db.execute("DELETE FROM grants")
    small.db.execute("UPDATE amounts SET value_max = 1")
    small.db.execute("DELETE FROM district_mentions")
    small.db.execute("UPDATE releases SET amount_max = 1")


def test_a_build_by_other_rules_finds_everything_anew(built: Small) -> None:
    before = _named(built)
    _as_by_older_rules(built)
    assert _named(built) != before
    versions = built.rows("SELECT * FROM versions")
    built.build()
    assert _named(built) == before
    assert built.rows(RULES) == [(RULES_VERSION,)]
    assert built.rows("SELECT * FROM versions") == versions


def test_a_build_by_the_same_rules_leaves_what_was_found(built: Small) -> None:
    built.db.execute("UPDATE amounts SET value_max = 1")
    built.build()
    assert {value for _, value in _named(built)[0]} == {1}


def test_decisions_of_people_hold_for_what_is_found_anew(built: Small) -> None:
    [(release, text_hash)] = built.rows("SELECT release_id, text_hash FROM versions")
    surface = "477.970 Euro"
    start = TEXT.index(surface)
    mention = Target("amount", "text", start, start + len(surface), surface)
    said = {"release": release, "text_hash": text_hash, "mention": mention}
    book = Corrections((decided("reject", "Erna Muster", "nachgesehen", date(2026, 3, 2), **said),))
    built.build(corrections=book)
    before = _named(built)
    _as_by_older_rules(built)
    built.build(corrections=book)
    assert _named(built) == before
    assert built.rows("SELECT state FROM corrections") == [("applied",)]


def test_a_rebuild_says_the_same_as_what_was_found_anew(built: Small) -> None:
    _as_by_older_rules(built)
    built.build(workers=2)
    anew = _named(built)
    built.build(rebuild=True)
    assert _named(built) == anew
