"""Archives of several machines become one, in whatever order, as if one machine had crawled all."""

import random
import resource
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive import corrections
from archive.errors import ArchiveError, BusyError
from archive.locks import lock
from pipeline.merging.home import Home
from tests.merging.machines import OF_MACHINES, TEXTS, Machine, Visit, crawled, machine

VISITS = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, 2), st.sampled_from([*TEXTS, None])), min_size=2, max_size=9
)


@settings(max_examples=6, deadline=None)
@given(VISITS, st.integers(0, 4))
def test_the_facts_are_those_of_one_machine_in_any_order(
    said: list[tuple[int, int, str | None]], shared: int
) -> None:
    visits = [(which, Visit(hour, page, text)) for hour, (which, page, text) in enumerate(said)]
    with TemporaryDirectory() as name:
        folder = Path(name)
        alone = crawled(folder / "alone", *(visit for _, visit in visits))
        first = crawled(folder / "0", *(visit for _, visit in visits[:shared]))
        machines = [first, first.copy("1"), machine(folder / "2")]
        for number, each in enumerate(machines):
            own = [visit for which, visit in visits[shared:] if which == number]
            each.crawl(*own[:2])
            each.crawl(*own[2:])
        facts = []
        for number, order in enumerate((machines, machines[::-1])):
            into = machine(folder / f"into-{number}")
            for some in (order[:2], order[2:]):
                into.take(*(each for each in some if each.files()))
            into.build()
            facts.append(into.facts())
            assert into.faults() == []
        alone.build()
        assert facts[0] == facts[1]
        assert {k: v for k, v in facts[0].items() if k not in OF_MACHINES} == alone.facts(OF_MACHINES)


def test_a_second_merge_finds_nothing_and_changes_no_byte(
    pair: tuple[Machine, Machine], tmp_path: Path
) -> None:
    into = machine(tmp_path / "into")
    into.take(*pair)
    into.build()
    facts, files = into.facts(), into.files()
    again = into.take(*pair)
    into.build()
    assert [merged.taken for merged in again] == [0, 0]
    assert (into.facts(), into.files()) == (facts, files)


def test_what_is_held_stays_as_it_stands_though_files_share_a_name(pair: tuple[Machine, Machine]) -> None:
    one, two = pair
    before, other = one.files(), two.files()
    one.take(two)
    assert two.files() == other
    assert all(one.files()[name].startswith(held) for name, held in before.items())
    assert len(one.facts()["captures"]) == 6
    assert one.faults() == []


def test_runs_are_in_the_order_of_time(pair: tuple[Machine, Machine], tmp_path: Path) -> None:
    into = machine(tmp_path / "into")
    into.take(pair[1])
    into.take(pair[0])
    assert into.rows("SELECT id FROM runs WHERE kind = 'crawl' ORDER BY started_at") == [(1,), (2,), (3,)]


def test_a_dry_run_says_what_a_merge_does_and_writes_nothing(pair: tuple[Machine, Machine]) -> None:
    one, two = pair
    before = one.facts(), one.files()
    said = one.take(two, dry=True)
    assert (one.facts(), one.files()) == before
    done = one.take(two)
    assert [(m.taken, m.entries, m.runs) for m in said] == [(m.taken, m.entries, m.runs) for m in done]
    assert said[0].taken == 2


def test_a_dry_run_makes_no_archive(pair: tuple[Machine, Machine], tmp_path: Path) -> None:
    into = Machine(Home(tmp_path / "into"))
    assert [merged.taken for merged in into.take(*pair, dry=True)] == [4, 4]
    assert not into.home.folder.exists()


def test_evidence_whose_database_is_lost_comes_along(pair: tuple[Machine, Machine]) -> None:
    one, two = pair
    facts = one.copy("other").take(two)
    two.home.archive.unlink()
    [merged] = one.take(two)
    assert merged.taken == facts[0].taken
    assert merged.tallies["th-test"].unnoted == 2
    assert one.faults() == []


def test_a_torn_end_is_left_where_it_is(pair: tuple[Machine, Machine]) -> None:
    one, two = pair
    path = two.home.warc / "th-test/th-test-00001.warc.gz"
    whole = path.read_bytes()
    path.write_bytes(whole + whole[:100])
    [merged] = one.take(two)
    assert (merged.taken, merged.is_whole) == (2, True)
    assert path.read_bytes() == whole + whole[:100]
    assert one.faults() == []


def test_a_damaged_record_stays_behind_until_it_is_restored(pair: tuple[Machine, Machine]) -> None:
    one, two = pair
    path = two.home.warc / "th-test/th-test-00001.warc.gz"
    whole = path.read_bytes()
    [(offset,)] = two.rows("SELECT warc_offset + 60 FROM captures ORDER BY id DESC LIMIT 1")
    path.write_bytes(whole[:offset] + bytes([whole[offset] ^ 0xFF]) + whole[offset + 1 :])
    [merged] = one.take(two)
    assert (merged.taken, merged.tallies["th-test"].damaged, merged.is_whole) == (1, 1, False)
    path.write_bytes(whole)
    assert one.take(two)[0].taken == 1
    assert one.faults() == []


def test_a_source_that_is_crawled_is_left_to_the_next_merge(pair: tuple[Machine, Machine]) -> None:
    one, two = pair
    for crawled_by in pair:
        with lock(crawled_by.home.warc / "th-test/.lock", "a crawl"):
            [merged] = one.take(two)
        assert (merged.busy, merged.taken, merged.is_whole) == (["th-test"], 0, False)
    assert one.take(two)[0].taken == 2


def test_nothing_is_merged_while_a_build_works(pair: tuple[Machine, Machine]) -> None:
    for built, ends in zip(pair, (BusyError, ArchiveError), strict=True):
        guard = lock(built.home.archive.with_name("archive.db.build.lock"), "a build")
        with guard, pytest.raises(ends, match="a build of"):
            pair[0].take(pair[1])


def test_a_full_disk_leaves_both_whole(pair: tuple[Machine, Machine]) -> None:
    one, two = pair
    two.crawl(Visit(7, 4, random.Random(7).randbytes(1 << 20).hex()))
    captures, files = one.facts()["captures"], one.files()
    undisturbed = one.copy("other")
    undisturbed.take(two)
    most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (one.home.archive.stat().st_size + (1 << 18), most[1]))
    try:
        with pytest.raises(ArchiveError, match="make room"):
            one.take(two)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, most)
    assert (one.facts()["captures"], one.files()) == (captures, files)
    one.take(two)
    assert one.facts() == undisturbed.facts()
    assert one.faults() == []


def test_decisions_of_people_come_along_once(pair: tuple[Machine, Machine]) -> None:
    one, two = pair
    first, second, third = (
        corrections.decided(
            "date",
            "E. Muster",
            "Grund",
            date(2026, 3, 1),
            release=f"th-test-{n}",
            value={"published_on": "2026-02-01"},
        )
        for n in "123"
    )
    corrections.write(one.home.corrections, [first, second])
    corrections.write(two.home.corrections, [second, third])
    assert [one.take(two)[0].corrections for _ in range(2)] == [1, 0]
    assert corrections.read(one.home.corrections).all == (first, second, third)
