"""What was redacted on one machine is on none after a merge, whichever takes the other."""

from collections.abc import Callable
from pathlib import Path

import pytest

from archive.redaction import decisions
from archive.redaction.decisions import Withheld
from archive.redaction.proof import remains
from archive.redaction.words import sought
from tests.merging.machines import TEXTS, Machine, Visit, machine

NAME = "Erna Beispiel"
SAYS = f"Die Bürgerinitiative um {NAME} hatte gefragt. Die Straße in Weimar kostet 2,3 Millionen Euro."
OTHER = "Karl Muster"
SAYS_OTHER = f"Frau Sommer und {OTHER} übergaben den Bescheid über 7.000 Euro in Gotha."


def _left(where: Machine, *phrases: str) -> list[str]:
    return list(remains(where.home.archive, where.home.warc, sought(phrases)))


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Machine, Machine]:
    """Two that saw the same pages, each for itself, and one of them more."""
    one, two = machine(tmp_path / "one"), machine(tmp_path / "two")
    one.crawl(Visit(1, 1, SAYS), Visit(2, 2, TEXTS[0]), Visit(5, 3, SAYS_OTHER))
    two.crawl(
        Visit(3, 1, SAYS), Visit(4, 1, SAYS.replace("2,3", "2,4")), Visit(6, 4, SAYS), Visit(7, 4, SAYS)
    )
    for each in (one, two):
        each.build()
    return one, two


def _release(where: Machine, page: int) -> str:
    [(found,)] = where.rows(f"SELECT id FROM releases WHERE url LIKE '%meldung-{page}'")
    return str(found)


def _name(where: Machine) -> None:
    where.redact(kind="name", phrases=(NAME,))


def _text(where: Machine) -> None:
    where.redact(kind="text", phrases=("Die Straße in Weimar kostet",))


def _whole(where: Machine) -> None:
    where.redact(kind="release", release=_release(where, 1))


CASES: list[tuple[Callable[[Machine], None], tuple[str, ...]]] = [
    (_name, (NAME,)),
    (_text, ("Die Straße in Weimar kostet",)),
    (_whole, ()),
]


@pytest.mark.parametrize(("redact", "gone"), CASES, ids=["name", "text", "release"])
def test_redacted_on_one_is_redacted_on_both(
    pair: tuple[Machine, Machine], redact: Callable[[Machine], None], gone: tuple[str, ...]
) -> None:
    one, two = pair
    redact(one)
    untouched = two.copy("untouched")
    one.take(two)
    two.take(one)
    for each in pair:
        each.build()
        assert each.faults() == []
        assert _left(each, *gone) == [] or not gone
    assert one.facts() == two.facts()
    assert one.facts()["redacted"]
    files = one.files()
    assert one.take(untouched)[0].taken == 0
    assert one.files() == files


def test_a_release_that_went_is_not_there_whatever_the_other_held(pair: tuple[Machine, Machine]) -> None:
    one, two = pair
    release = _release(one, 1)
    _whole(one)
    one.take(two)
    one.build()
    assert one.rows(f"SELECT count(*) FROM releases WHERE id = '{release}'") == [(0,)]
    assert one.rows("SELECT count(*) FROM entries WHERE url LIKE '%meldung-1'") == [(0,)]
    assert one.rows("SELECT count(*) FROM captures WHERE url LIKE '%meldung-1'") == [(0,)]


def test_each_keeps_what_it_redacted_before_they_met(pair: tuple[Machine, Machine], tmp_path: Path) -> None:
    one, two = pair
    _name(one)
    two.redact(kind="name", phrases=(OTHER,))
    into = machine(tmp_path / "into")
    into.take(two, one)
    into.build()
    assert _left(into, NAME, OTHER) == []
    assert into.faults() == []
    known = decisions.read(into.home.warc)
    assert len({redaction.salt for redaction in known}) == 2
    assert all(Withheld(known, "th-test").sought.has(tuple(name.lower().split())) for name in (NAME, OTHER))


def test_a_decision_of_which_both_know_stays_one(pair: tuple[Machine, Machine], tmp_path: Path) -> None:
    one, two = pair
    _name(one)
    two.take(one)
    one.take(two)
    assert len(decisions.read(one.home.warc)) == len(decisions.read(two.home.warc)) == 1
    assert one.take(two)[0].redactions == 0
