"""Archives of several machines become one, in whatever order, as if one machine had crawled all."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.merging.machines import OF_MACHINES, TEXTS, Machine, Visit, machine

VISITS = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, 2), st.sampled_from([*TEXTS, None])), min_size=2, max_size=9
)


def crawled(folder: Path, *visits: Visit) -> Machine:
    made = machine(folder)
    made.crawl(*visits)
    return made


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Machine, Machine]:
    """Two that share their first day, and went on apart."""
    one = crawled(tmp_path / "one", Visit(1, 1, TEXTS[0]), Visit(2, 2, TEXTS[1]))
    two = one.copy("two")
    one.crawl(Visit(3, 1, TEXTS[1]), Visit(5, 3, TEXTS[2]))
    two.crawl(Visit(4, 1, TEXTS[0]), Visit(6, 2, None))
    return one, two


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
