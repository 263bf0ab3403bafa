"""What is wrong with one of several archives keeps that one back, and no other."""

import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from archive import corrections
from archive.errors import ArchiveError
from archive.locks import lock
from archive.people import people
from archive.redaction import decisions
from cli.merge import Reading
from pipeline.merging.other import Merged
from pipeline.merging.run import merge
from tests.merging.machines import Machine, machine, moment
from tests.merging.test_hostile import spoil
from tests.pipeline.small import SOURCE


def _no_database(other: Machine) -> None:
    other.home.archive.write_bytes(b"SQLite format 3\0" * 300)


def _newer(other: Machine) -> None:
    spoil(
        other,
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) "
        "VALUES ('pressearchiv', '9999_later', '2030-01-01')",
    )


def _unmounted(other: Machine) -> None:
    shutil.rmtree(other.home.warc)


def _odd_corrections(other: Machine) -> None:
    other.home.corrections.write_text("correction = 7", "utf-8")


def _odd_decisions(other: Machine) -> None:
    (other.home.warc / decisions.FILE).write_text("{", "utf-8")


def _unreadable(other: Machine) -> None:
    """What cannot be opened by anybody; rights mean nothing to root."""
    (other.home.warc / decisions.FILE).mkdir()


def _same_id(other: Machine) -> None:
    [known] = corrections.read(other.home.corrections).all
    text = other.home.corrections.read_text("utf-8")
    other.home.corrections.write_text(text.replace(known.reason, "Anderer Grund"), "utf-8")


BROKEN: list[tuple[Callable[[Machine], None], str]] = [
    (_no_database, "archive.db"),
    (_newer, "newer version"),
    (_unmounted, "no warc/"),
    (_odd_corrections, "corrections.toml"),
    (_odd_decisions, "redactions.jsonl"),
    (_unreadable, "redactions.jsonl"),
    (_same_id, "different things"),
]


@pytest.mark.parametrize(("break_it", "said"), BROKEN)
def test_what_is_wrong_with_one_is_named_and_the_rest_is_merged(
    pair: tuple[Machine, Machine], tmp_path: Path, break_it: Callable[[Machine], None], said: str
) -> None:
    one, two = pair
    decided = corrections.decided(
        "date",
        "E. Muster",
        "Grund",
        date(2026, 3, 1),
        release="th-test-1",
        value={"published_on": "2026-02-01"},
    )
    corrections.write(one.home.corrections, [decided])
    broken, into = one.copy("broken"), machine(tmp_path / "into")
    break_it(broken)
    merged = into.take(one, broken, two)
    assert [bool(each.refused) for each in merged] == [False, True, False]
    assert said in str(merged[1].refused)
    assert str(broken.home.folder) in str(merged[1].refused)
    assert [each.taken for each in merged] == [4, 0, 2]
    assert [each.is_whole for each in merged] == [True, False, True]
    with pytest.raises(ArchiveError, match="broken"):
        into.take(broken)


def test_an_archive_that_is_built_is_left_to_the_next_merge(
    pair: tuple[Machine, Machine], tmp_path: Path
) -> None:
    one, two = pair
    into = machine(tmp_path / "into")
    with lock(one.home.archive.with_name("archive.db.build.lock"), "a build"):
        merged = into.take(one, two)
    assert [each.taken for each in merged] == [0, 4]
    assert "a build of" in str(merged[0].refused)


def test_merges_of_persons_that_lead_back_are_refused_and_ours_stay_readable(
    pair: tuple[Machine, Machine],
) -> None:
    first, second = sorted({person.person_id for person in people()})[:2]
    for each, (person, into) in zip(pair, ((first, second), (second, first)), strict=True):
        decided = corrections.decided(
            "merge", "E. Muster", "Dieselbe", date(2026, 3, 1), person=person, into=into
        )
        corrections.write(each.home.corrections, [decided])
    one, two = pair
    with pytest.raises(ArchiveError, match="circle"):
        one.take(two)
    assert len(corrections.read(one.home.corrections).all) == 1


def test_of_two_decisions_about_one_value_the_later_holds_whichever_archive_takes_the_other(
    pair: tuple[Machine, Machine], tmp_path: Path
) -> None:
    one, two = pair
    for each, day in ((one, 4), (two, 2)):
        each.build()
        [(release,)] = each.rows("SELECT id FROM releases WHERE url LIKE '%meldung-1'")
        decided = corrections.decided(
            "date",
            "E. Muster",
            "Grund",
            date(2026, 3, day),
            release=str(release),
            value={"published_on": f"2026-02-0{day}"},
        )
        corrections.write(each.home.corrections, [decided])
    orders = ((one, two), (two, one))
    for number, order in enumerate(orders):
        into = machine(tmp_path / f"into-{number}")
        into.take(*order)
        said = [decided.value for decided in corrections.read(into.home.corrections).all]
        assert said == [{"published_on": "2026-02-02"}, {"published_on": "2026-02-04"}]


def test_two_that_take_each_other_at_once_wait_in_turn(pair: tuple[Machine, Machine]) -> None:
    one, two = pair
    lists = Reading({SOURCE.key: SOURCE}, moment(1000))

    def take(into: Machine, other: Machine) -> list[Merged]:
        return merge([other.home], into.home, lists, clock=lambda: moment(1000), patience=60)

    with ThreadPoolExecutor() as both:
        found = [both.submit(take, *pair), both.submit(take, *pair[::-1])]
        assert [each.refused for one in found for each in one.result()] == [None, None]
    for each in pair:
        each.build()
        assert each.faults() == []
    assert one.facts() == two.facts()
