"""Releases with the same text come together, whatever the order in which they came."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from benchmarks.filled import Release, fill, start
from pipeline.near_duplicates import run, sketches
from pipeline.near_duplicates.groups import members
from pipeline.near_duplicates.likeness import Told, likeness

DAY = date(2024, 5, 6)
TEXT = (
    "Das Land fördert den Ausbau der Radwege an Saale und Unstrut mit 4,2 Millionen Euro. Die Arbeiten "
    "beginnen im Juli und dauern zwei Jahre.\nGebaut wird zuerst zwischen der alten Brücke und dem Wehr, "
    "dort ist der Weg nach jedem Regen unter Wasser. Danach folgt das Stück durch den Auwald.\n„Wer hier "
    "fährt, soll trockene Füße behalten“, sagte Bauleiterin Hedwig Klamm. Die Anlieger wurden in drei "
    "Versammlungen gehört.\nIm Herbst wird außerdem die Beschilderung erneuert. Die Vereine helfen dabei mit."
)
OTHER = (
    "In den Schulen des Landes beginnt nach den Ferien ein Versuch mit späterem Unterricht. Zwölf Gymnasien "
    "nehmen teil, weitere können sich melden. Begleitet wird es von einer Hochschule.\nDie "
    "Fahrpläne der Busse werden angepasst, damit niemand an der Haltestelle warten muss. Nach einem Jahr "
    "wird Bilanz gezogen."
)
PARTNER = f"Gemeinsame Medieninformation\n{TEXT}\nHerausgeber: Pressestelle"


def release(key: str, days: int = 0, text: str = TEXT, **more: object) -> Release:
    return Release(key, DAY + timedelta(days), "Radwege an Saale und Unstrut", text, **more)  # type: ignore[arg-type]


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    opened = start(tmp_path)
    yield opened
    opened.close()


def grouped(db: Database) -> list[tuple[str, ...]]:
    sql = "SELECT group_id, release_id FROM text_group_members ORDER BY group_id, number"
    found: dict[str, list[str]] = {}
    for group, key in db.execute(sql).fetchall():
        found.setdefault(group, []).append(key)
    return sorted(tuple(keys) for keys in found.values())


def everything(db: Database) -> dict[str, list[tuple[object, ...]]]:
    return {table: sorted(db.execute(f"SELECT * FROM {table}").fetchall(), key=repr) for table in run.DERIVED}


def test_a_joint_release_is_one_group_with_the_earliest_first(db: Database) -> None:
    fill(db, [release("sn", 1, PARTNER, publisher="sn-umwelt"), release("th"), release("x", text=OTHER)])
    run.group_new(db)
    assert grouped(db) == [("th", "sn")]
    row = db.execute(
        "SELECT first_release_id, members, publishers, jurisdictions, first_on, last_on FROM text_groups"
    )
    assert row.fetchall() == [("th", 2, 2, 2, "2024-05-06", "2024-05-07")]
    similarity = dict(db.execute("SELECT release_id, similarity FROM text_group_members").fetchall())
    assert similarity["th"] == 1.0
    assert 0.85 < similarity["sn"] < 1.0


def test_the_hour_decides_between_two_of_one_day_where_pages_tell_it(db: Database) -> None:
    late = release("a", published_at="2024-05-06T12:00:00Z")
    fill(db, [late, release("b", published_at="2024-05-06T08:00:00Z", publisher="sn-umwelt")])
    run.group_new(db)
    assert grouped(db) == [("b", "a")]


@pytest.mark.parametrize(
    ("change", "days", "same"),
    [
        ({}, 0, True),
        ({}, 59, True),
        ({}, 61, False),  # said anew
        ({"4,2": "4,7"}, 1, True),  # corrected
        ({"4,2": "4,7"}, 7, False),  # next week's
        ({"Saale": "Ilm"}, 1, False),  # another place
        ({"zwei Jahre": "drei Jahre"}, 40, True),
    ],
)
def test_what_differs_decides(db: Database, change: dict[str, str], days: int, same: bool) -> None:
    text = TEXT
    for old, new in change.items():
        text = text.replace(old, new)
    fill(db, [release("a", places=("Saale",)), release("b", days, text, places=("Ilm",))])
    run.group_new(db)
    assert bool(grouped(db)) is same


def test_short_texts_are_left_alone(db: Database) -> None:
    fill(db, [release("a", text="Termin entfällt."), release("b", text="Termin entfällt.")])
    run.group_new(db)
    assert grouped(db) == []


def test_a_text_that_changed_leaves_its_group(db: Database) -> None:
    fill(db, [release("a"), release("b"), release("c")])
    run.group_new(db)
    assert grouped(db) == [("a", "b", "c")]
    db.execute(
        "INSERT INTO versions SELECT 'a.2', 'a', 2, title, ?, '', '', '', 1 FROM versions WHERE id = 'a.1'",
        (OTHER,),
    )
    db.execute("UPDATE releases SET version_id = 'a.2' WHERE id = 'a'")
    run.group_new(db)
    assert grouped(db) == [("b", "c")]


def test_a_release_that_is_forgotten_leaves_its_group(db: Database) -> None:
    fill(db, [release("a"), release("b"), release("c")])
    run.group_new(db)
    run.forget_release(db, "a")
    db.execute("DELETE FROM versions WHERE release_id = 'a'")
    db.execute("DELETE FROM releases WHERE id = 'a'")
    run.group_new(db)
    assert grouped(db) == [("b", "c")]


def test_nothing_new_writes_nothing(db: Database) -> None:
    fill(db, [release("a"), release("b")])
    run.group_new(db)
    before = db.conn.total_changes
    run.group_new(db)
    assert db.conn.total_changes == before


MANY = [
    *(
        release(f"j{n}", n, PARTNER if n % 2 else TEXT, publisher="sn-umwelt" if n % 2 else "th-umwelt")
        for n in range(3)
    ),
    release("kurz", 2, TEXT[:380]),
    release("fern", 70),
    release("anders", 1, OTHER),
    release("anders-auch", 3, f"Gemeinsam mit dem Nachbarland\n{OTHER}", publisher="bund-umwelt"),
]


@settings(max_examples=12, deadline=None)
@given(st.permutations(range(len(MANY))), st.sets(st.integers(1, len(MANY) - 1)), st.integers(1, 3))
def test_the_order_of_arrival_and_the_number_of_builds_change_nothing(
    order: list[int], cuts: set[int], chunk: int
) -> None:
    with TemporaryDirectory() as at_once, TemporaryDirectory() as step_by_step:
        one, other = start(Path(at_once)), start(Path(step_by_step))
        fill(one, MANY)
        run.group_new(one)
        edges = [0, *sorted(cuts), len(MANY)]
        for left, right in pairwise(edges):
            fill(other, [MANY[at] for at in order[left:right]])
            before, sketches.CHUNK = sketches.CHUNK, chunk
            try:
                run.group_new(other)
            finally:
                sketches.CHUNK = before
        assert everything(one) == everything(other)
        one.close()
        other.close()


@given(st.lists(st.tuples(st.sampled_from("abcdefg"), st.sampled_from("abcdefg")), max_size=12), st.randoms())
def test_groups_depend_on_pairs_alone(pairs: list[tuple[str, str]], dice: object) -> None:
    shuffled = [pair[::-1] for pair in pairs]
    dice.shuffle(shuffled)  # type: ignore[attr-defined]
    assert members("abcdefg", pairs) == members("abcdefg", shuffled)


@given(st.text(max_size=300), st.text(max_size=300), st.integers(0, 90))
def test_a_judgement_has_no_direction(one: str, other: str, apart: int) -> None:
    a = Told("a", DAY, "", one, frozenset())
    b = Told("b", DAY + timedelta(apart), "", other, frozenset())
    assert likeness(a, b) == likeness(b, a)
    assert 0 <= likeness(a, b).similarity <= likeness(a, b).contained <= 1
