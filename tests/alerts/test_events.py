"""Each thing that happens in a search is told once, whatever happens to the rows of the archive."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.alerts.house import START, House, said_of
from tests.cli.receivers import WebServer

FLOOD = "Nach dem Hochwasser zahlt das Land den Gemeinden zwei Millionen Euro."
Step = Callable[[House], object]


def told(house: House, web: WebServer) -> list[tuple[str, str]]:
    """What a run tells, as kinds and addresses."""
    web.posts.clear()
    house.send()
    names = {house.id(seen.url): seen.url for seen in house.captures}
    return [(kind, names[release]) for post in web.posts for kind, release, _ in said_of(post.body)]


@pytest.fixture
def watched(house: House, web: WebServer) -> House:
    """A house with one release, in which somebody watches for a flood."""
    house.show("a", FLOOD)
    house.build()
    house.send()
    house.watch("q=Hochwasser", web.url)
    house.wait(hours=1)
    return house


def twice_gone(house: House) -> None:
    for _ in range(2):
        house.gone("a")
        house.wait(days=4)


CASES: list[tuple[str, list[Step], list[tuple[str, str]]]] = [
    ("nothing happens", [], []),
    ("a new release", [lambda h: h.show("b", FLOOD)], [("new", "b")]),
    ("one about something else", [lambda h: h.show("b", "Ein Kindergarten öffnet.")], []),
    ("a change", [lambda h: h.show("a", f"{FLOOD} Nachtrag.")], [("changed", "a")]),
    ("seen again unchanged", [lambda h: h.show("a", FLOOD)], []),
    ("the word goes with the change", [lambda h: h.show("a", "Nichts davon.")], [("changed", "a")]),
    ("gone once", [lambda h: h.gone("a")], []),
    ("gone", [twice_gone], [("removed", "a")]),
    (
        "new and changed before anybody was told",
        [
            lambda h: h.show("b", FLOOD),
            lambda h: h.wait(hours=1),
            lambda h: h.show("b", f"{FLOOD} Und mehr."),
        ],
        [("new", "b"), ("changed", "b")],
    ),
    ("old when it was first seen", [lambda h: h.show("b", FLOOD), lambda h: h.dated("b", "2019-05-04")], []),
    (
        "an old capture of it comes late",
        [lambda h: h.show("a", "Davor.", at=START - timedelta(days=900))],
        [],
    ),
    (
        "an old release is imported",
        [lambda h: h.show("b", FLOOD, at=START - timedelta(days=900))],
        [],
    ),
    ("it was seen shortly before it was watched", [lambda h: h.show("b", FLOOD, at=START)], [("new", "b")]),
]


@pytest.mark.parametrize(("steps", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
@pytest.mark.parametrize("anew", [False, True], ids=["built on", "built anew"])
def test_what_happened_is_told_once(
    watched: House, web: WebServer, steps: list[Step], expected: list[tuple[str, str]], anew: bool
) -> None:
    for step in steps:
        step(watched)
    watched.build(anew=anew)
    assert told(watched, web) == expected
    watched.build(anew=True)
    watched.wait(days=1)
    assert told(watched, web) == []


def test_a_text_that_goes_there_and_back_is_two_changes(watched: House, web: WebServer) -> None:
    found = []
    for text in (f"{FLOOD} B.", FLOOD, f"{FLOOD} B.", FLOOD):
        watched.show("a", text)
        watched.build(anew=True)
        found.append(told(watched, web))
        watched.wait(hours=3)
    assert found == [[("changed", "a")]] * 4


def test_a_page_that_goes_comes_back_and_goes_again_is_removed_twice(watched: House, web: WebServer) -> None:
    found = []
    for _ in range(2):
        twice_gone(watched)
        watched.build()
        found.append(told(watched, web))
        watched.show("a", FLOOD)
        watched.wait(hours=1)
        watched.build(anew=True)
        found.append(told(watched, web))
    assert found == [[("removed", "a")], []] * 2


def test_a_check_that_comes_late_is_no_second_removal(watched: House, web: WebServer) -> None:
    seen = watched.now
    watched.wait(days=2)
    twice_gone(watched)
    watched.build()
    assert told(watched, web) == [("removed", "a")]
    watched.show("a", FLOOD, at=seen + timedelta(days=1))
    watched.gone("a")
    watched.build()
    assert told(watched, web) == []


def test_a_release_that_moves_is_neither_new_nor_removed(watched: House, web: WebServer) -> None:
    watched.show("moved", FLOOD)
    watched.build()
    assert told(watched, web) == [("new", "moved")]  # nobody knows yet that it is the same
    watched.moved["moved"] = "a"
    watched.build(anew=True)
    assert told(watched, web) == []
    watched.wait(hours=1)
    watched.show("moved", f"{FLOOD} Mehr.")
    watched.build()
    assert [kind for kind, _ in told(watched, web)] == ["changed"]


def test_an_earlier_capture_of_a_change_is_not_the_same_change_again(watched: House, web: WebServer) -> None:
    before = watched.now
    watched.wait(days=1)
    watched.show("a", f"{FLOOD} Mehr.")
    watched.build()
    assert told(watched, web) == [("changed", "a")]
    watched.show("a", f"{FLOOD} Mehr.", at=before)
    watched.build(anew=True)
    assert told(watched, web) == []


@pytest.mark.parametrize("kind", ["new", "changed", "removed"])
def test_only_the_kinds_that_were_asked_for_are_told(house: House, web: WebServer, kind: str) -> None:
    house.show("a", FLOOD)
    house.show("c", FLOOD)
    house.build()
    house.send()
    house.watch("q=Hochwasser", web.url, kinds=(kind,))  # type: ignore[arg-type]  # one of the three
    house.wait(hours=1)
    house.show("b", FLOOD)
    house.show("c", f"{FLOOD} Mehr.")
    twice_gone(house)
    house.build()
    assert [found for found, _ in told(house, web)] == [kind]


def test_nothing_is_read_while_a_build_did_not_end(watched: House, web: WebServer) -> None:
    watched.show("b", FLOOD)
    watched.build(ends=False)
    done = watched.send()
    assert "did not end" in done.troubles[0]
    assert web.posts == []
    watched.build()
    assert told(watched, web) == [("new", "b")]


def test_a_release_that_is_gone_from_the_archive_is_not_told(watched: House, web: WebServer) -> None:
    watched.show("b", FLOOD)
    watched.build()
    web.status = 500
    assert watched.send().troubles
    watched.redacted.add("b")
    watched.build()
    web.status = 200
    watched.wait(days=1)
    watched.send()
    assert web.posts == []


def test_what_was_taken_out_of_a_text_while_it_waited_does_not_go_out(watched: House, web: WebServer) -> None:
    watched.show("b", "Das Hochwasser traf Familie Mustermann.")
    watched.build()
    web.status = 500
    watched.send()
    assert all(b"Mustermann" not in file.read_bytes() for file in watched.folder.glob("subscriptions.db*"))
    cleaned = ("Mitteilung", "Das Hochwasser traf Familie [entfernt].")
    watched.captures[-1] = replace(watched.captures[-1], shown=cleaned)
    watched.build(anew=True)
    web.status = 200
    watched.wait(days=1)
    watched.send()
    (post,) = web.posts
    assert "Mustermann" not in post.body
    assert "[entfernt]" in post.body


@pytest.mark.parametrize(
    ("search", "marked"),
    [
        ("q=Hochwasser", ["Hochwasser"]),
        ("q=kreis%3AGotha", ["Gotha"]),
        ("kreis=16067", ["Gotha"]),
        ("betrag_von=1000000", ["2 Millionen Euro"]),
        ("betrag_von=1000000&betrag_bis=3000000", ["2 Millionen Euro"]),
        ("land=DE-TH", []),
    ],
)
def test_the_passage_is_why_it_was_found(
    house: House, web: WebServer, search: str, marked: list[str]
) -> None:
    house.build()
    house.send()
    house.watch(search, web.url)
    filling = "Das Wetter war schön. " * 40
    house.show("b", f"{filling}Nach dem Hochwasser erhält Gotha 2 Millionen Euro vom Land. {filling}")
    house.build()
    house.send()
    (event,) = json.loads(web.posts[0].body)["events"]
    assert [piece["text"] for piece in event["passage"] if piece["hit"]] == marked


def test_a_change_says_what_it_was_and_what_it_is(watched: House, web: WebServer) -> None:
    watched.show("a", FLOOD.replace("zwei", "drei"))
    watched.build()
    watched.send()
    (event,) = json.loads(web.posts[0].body)["events"]
    assert event["changes"] == [{"before": "zwei", "after": "drei", "of_title": False}]
    assert event["url"].endswith("/fassungen?von=1&bis=2")


def test_a_word_that_went_with_a_change_is_shown_as_it_stood(watched: House, web: WebServer) -> None:
    watched.show("a", "Das Land zahlt nichts.")
    watched.build()
    watched.send()
    (event,) = json.loads(web.posts[0].body)["events"]
    assert event["passage_is_of_the_text_before"]
    assert [piece["text"] for piece in event["passage"] if piece["hit"]] == ["Hochwasser"]


@pytest.mark.parametrize(
    ("search", "sources"),
    [
        ("q=Hochwasser", ["bund-umwelt", "th-bau"]),
        ("q=Hochwasser&land=DE-TH", ["th-bau"]),
        ("q=Hochwasser+land%3ABund", ["bund-umwelt"]),
        ("q=Hochwasser+-land%3ABund", ["th-bau"]),
        ("q=Hochwasser&quelle=th-arbeit", []),
        ("q=Hochwasser+(quelle%3Ath-bau+ODER+quelle%3Ath-arbeit)+seit%3A2020", ["th-bau"]),
    ],
)
def test_a_message_names_the_sources_of_its_search_that_are_broken(
    house: House, web: WebServer, search: str, sources: list[str]
) -> None:
    house.build()
    house.run("th-bau", "ok")
    house.run("th-arbeit", "quiet")
    house.wait(hours=1)
    house.run("th-bau", "blocked")
    house.run("bund-umwelt", "layout_changed")
    house.send()
    house.watch(search, web.url)
    for n, url in enumerate(("th-arbeit/1", "bund-umwelt/1", "th-bau/1")):
        house.show(url, f"{FLOOD} {n}")
    house.build()
    house.send()
    said = json.loads(web.posts[0].body)
    assert sorted(source["key"] for source in said["broken_sources"]) == sources
    assert {source["since"] for source in said["broken_sources"]} <= {"2026-03-02T09:00:00Z"}


def test_a_search_that_means_nothing_any_more_is_told_once(house: House, web: WebServer) -> None:
    house.build()
    house.watch("kreis=99999&q=Hochwasser", web.url)
    for _ in range(3):
        house.send()
        house.wait(days=1)
    (post,) = web.posts
    assert json.loads(post.body)["matter"] == "fault"
    assert "kreis=99999" in json.loads(post.body)["note"]
