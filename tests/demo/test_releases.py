"""The invented releases: German that holds together, facts that are true, and the same words every time."""

import csv
import re
import subprocess
import sys
from datetime import date
from importlib.resources import files

import pytest

from demo.collection import edition, written
from demo.days import MONTHS, WEEKDAYS
from demo.dice import Dice
from demo.newsroom import NEWSROOMS
from demo.people import ministers
from demo.places import districts
from demo.release import DemoRelease
from demo.skeleton import skeletons

EVERY = [release for portal in NEWSROOMS for epoch in (0, 1) for release in edition(portal, epoch).releases]
SAYS = re.compile(r"„[^“]*“")


def rows(name: str) -> list[dict[str, str]]:
    with (files("reference") / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def said_by(release: DemoRelease) -> list[str]:
    return [block.text for block in release.body if re.search(r"„[^“]{25,}“", block.text)]


def test_there_are_hundreds_of_releases_from_dozens_of_skeletons() -> None:
    texts = {release.text for portal in NEWSROOMS for release in written(portal)}
    assert len(texts) >= 300
    assert len(skeletons()) >= 40
    assert {release.kind for release in EVERY} >= {
        *("press_release", "joint_release", "media_invitation", "date_notice"),
        *("statement", "speech", "correction"),
    }


@pytest.mark.parametrize("portal", NEWSROOMS)
def test_titles_slugs_and_numbers_are_unique_within_a_portal(portal: str) -> None:
    releases = written(portal)
    for values in ([r.slug for r in releases], [r.number for r in releases], [r.title for r in releases]):
        assert len(set(values)) == len(values)


def test_no_markup_of_the_skeletons_is_left_in_the_words() -> None:
    for release in EVERY:
        for text in (release.title, release.text):
            assert not re.search(r"[<>{}|]|  | [.,;:]|\.\.|^[a-zäöü]", text, re.MULTILINE), text


def test_quotation_marks_come_in_pairs() -> None:
    for release in EVERY:
        for text in (release.title, release.lead, *(block.text for block in release.body)):
            assert text.count("„") == text.count("“"), text


def test_what_was_put_in_stands_in_the_text() -> None:
    for release in EVERY:
        for noted in (*release.amounts, *release.dates):
            assert noted.surface in release.text
        for name in release.ministers:
            assert name in release.text


def test_weekdays_agree_with_the_calendar() -> None:
    pattern = rf"({'|'.join(WEEKDAYS)}), (?:dem )?(\d+)\. ({'|'.join(MONTHS)}) (\d{{4}})"
    found = [match for release in EVERY for match in re.findall(pattern, release.text)]
    assert len(found) > 100
    for weekday, day, month, year in found:
        assert WEEKDAYS[date(int(year), MONTHS.index(month) + 1, int(day)).weekday()] == weekday


def test_press_offices_rest_at_the_weekend_and_dates_spread_over_years() -> None:
    assert all(release.published.weekday() < 5 for release in EVERY)
    assert {release.published.year for release in EVERY} == set(range(2019, 2027))


def test_places_agree_with_the_official_register() -> None:
    registered = {row["ags"]: row["name"] for row in rows("municipalities.csv")}
    areas = {row["ags"] for row in rows("districts.csv")}
    for district in districts():
        assert district.ags in areas
        assert district.municipalities
        for place in district.municipalities:
            assert place.ags.startswith(district.ags)
            assert registered[place.ags][:5] == place.name[:5]


def test_named_ministers_held_office_on_the_day() -> None:
    terms: dict[str, list[tuple[str, str]]] = {}
    names = {row["person_id"]: row["name"] for row in rows("ministers.csv")}
    for row in rows("terms.csv"):
        terms.setdefault(names[row["person_id"]], []).append((row["from_on"], row["to_on"] or "9999"))
    named = [(name, release) for release in EVERY for name in release.ministers]
    assert len(named) > 20
    for name, release in named:
        day = f"{release.published:%Y-%m-%d}"
        assert any(start <= day <= end for start, end in terms[name]), (name, day)


def test_no_words_are_put_into_the_mouth_of_a_real_minister() -> None:
    surnames = {minister.name.split()[-1] for minister in ministers()}
    for release in EVERY:
        for text in said_by(release):
            outside = SAYS.sub("", text)
            assert not surnames & set(re.findall(r"[\w-]+", outside)), text


def test_invented_people_bear_no_minister_s_name() -> None:
    real = {row["name"] for row in rows("ministers.csv")}
    pattern = re.compile(r"[A-ZÄÖÜ][\w-]+ [A-ZÄÖÜ][\w-]+")
    named = {name for release in EVERY for name in pattern.findall(release.text)}
    known = {minister.name for minister in ministers()}
    assert not (named & real) - known


def test_the_same_words_come_out_in_another_process() -> None:
    program = (
        "import hashlib, demo.collection as c, demo.newsroom as n;"
        "words = repr([c.edition(p, e) for p in n.NEWSROOMS for e in (0, 1)]);"
        "print(hashlib.sha256(words.encode()).hexdigest())"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1


def test_between_two_crawls_one_is_new_one_goes_one_moves_and_two_change() -> None:
    for portal in NEWSROOMS:
        before, after = edition(portal, 0), edition(portal, 1)
        old, new = {r.slug: r for r in before.releases}, {r.slug: r for r in after.releases}
        moved = set(after.moved)
        assert set(old) - set(new) == moved | after.gone
        assert len(set(new) - set(old)) == 2
        assert len([slug for slug in old if slug in new and old[slug].text != new[slug].text]) == 2
        ((former, present),) = after.moved.items()
        assert old[former].text == new[present].text


def test_joint_releases_stand_on_both_portals_in_the_same_words() -> None:
    here = {r.text for r in written("demo-thueringen") if r.kind == "joint_release"}
    there = {r.text for r in written("demo-feed") if r.kind == "joint_release"}
    assert here == there
    assert len(here) >= 3


def test_dice_fall_evenly_enough() -> None:
    dice = Dice("test")
    counts = [0] * 6
    for _ in range(6000):
        counts[dice.below(6)] += 1
    assert min(counts) > 850
    assert sorted(dice.shuffled(range(9))) == list(range(9))
