"""What checks of a page amount to: a table of histories, and pages that look like moves and are none."""

from datetime import UTC, datetime, timedelta

import pytest

from pipeline.compare.checks import Check
from pipeline.compare.presence import judged
from tests.pipeline.small import Small, page

DAY = datetime(2026, 1, 1, 6, tzinfo=UTC)
HERE, THERE = "https://x.example/a", "https://x.example/b"
LONG = "\n".join(
    f"Im Abschnitt {n} geht es um den Ausbau der Strecke zwischen zwei Orten." for n in range(12)
)
OTHER = "\n".join(f"Zum Punkt {n} laden wir alle Kinder mit ihren Eltern herzlich ein." for n in range(12))


def check(day: int, outcome: str = "release", url: str = HERE, asked: str | None = None) -> Check:
    at = (DAY + timedelta(days=day)).strftime("%Y-%m-%dT%H:%M:%SZ")
    return Check(at, url, asked or url, outcome, "ok")


def days(outcome: str, *on: int) -> list[Check]:
    return [check(day, outcome) for day in on]


HISTORIES = [
    ([check(0)], ("present", None, 0)),
    ([check(0), *days("status_404", 1)], ("unknown", "few_checks", 1)),
    ([check(0), *days("status_404", 1, 2, 3)], ("unknown", "few_checks", 3)),
    ([check(0), *days("status_404", 1, 4, 8)], ("missing", "status_404", 3)),
    ([check(0), *days("status_404", 1, 1, 1, 9)], ("unknown", "few_checks", 4)),
    ([check(0), *days("status_404", 1, 4, 8, 15, 22, 40)], ("gone", "status_404", 6)),
    ([check(0), *days("status_410", 1, 3)], ("gone", "status_410", 2)),
    ([check(0), *days("status_404", 1, 4, 8, 15, 22, 40), check(41)], ("present", None, 0)),
    ([check(0), *days("status_503", *range(1, 60))], ("unknown", "status_503", 0)),
    ([check(0), *days("blocked", *range(1, 60))], ("unknown", "blocked", 0)),
    ([check(0), *days("soft_404", *range(1, 60))], ("unknown", "soft_404", 0)),
    ([check(0), *days("no_text", *range(1, 60))], ("unknown", "no_text", 0)),
    ([check(0), *days("other_page", *range(1, 60))], ("unknown", "other_page", 0)),
    ([check(0), *days("status_404", 1, 4, 8), *days("blocked", 9, 10)], ("missing", "status_404", 3)),
    ([check(0), check(5, url=THERE)], ("moved", None, 0)),
    ([check(0), check(5, url=THERE, asked=HERE)], ("redirected", None, 0)),
    ([check(0), check(5, url=THERE), check(6)], ("present", None, 0)),
    ([check(0), check(5, url=THERE), *days("status_404", 6, 9, 15)], ("moved", None, 0)),
]


@pytest.mark.parametrize(("checks", "expected"), HISTORIES)
def test_checks_amount_to_a_state(checks: list[Check], expected: tuple[str, str | None, int]) -> None:
    found = judged(checks, lambda check: True, lambda at: False)
    assert (found.state, found.reason, found.missing_checks) == expected


def test_nothing_is_missing_where_the_portal_is_not_trusted_or_many_pages_went() -> None:
    checks = [check(0), *days("status_404", *range(1, 60))]
    assert judged(checks, lambda check: False, lambda at: False).state == "unknown"
    assert judged(checks, lambda check: True, lambda at: True).reason == "many_at_once"


def moved(small: Small) -> int:
    small.build()
    [(count,)] = small.rows("SELECT count(*) FROM releases")
    assert isinstance(count, int)
    return count


MOVES = [  # title, text and day of the page at the new address, and how many releases there are then
    ("Ausbau der Strecke", LONG, "2026-02-27", 1),
    ("Ausbau der Strecke", LONG + "\nNachtrag: Die Arbeiten dauern an.", "2026-02-27", 1),
    ("Die Strecke wird ausgebaut", LONG, "2026-02-27", 2),
    ("Ausbau der Strecke", OTHER, "2026-02-27", 2),
    ("Ausbau der Strecke", LONG + "\n" + OTHER, "2026-02-20", 2),
]


@pytest.mark.parametrize(("title", "text", "day", "releases"), MOVES)
def test_a_page_is_the_same_release_elsewhere_only_where_title_day_and_text_say_so(
    small: Small, title: str, text: str, day: str, releases: int
) -> None:
    small.capture(HERE, page("Ausbau der Strecke", LONG))
    small.capture(HERE, b"gone", status=404)
    small.capture(THERE, page(title, text, day=day))
    assert moved(small) == releases


def test_a_copy_of_a_page_that_is_still_there_is_a_release_of_its_own(small: Small) -> None:
    small.capture(HERE, page("Ausbau der Strecke", LONG))
    small.capture(THERE, page("Ausbau der Strecke", LONG))
    small.capture(HERE, page("Ausbau der Strecke", LONG))
    assert moved(small) == 2


def test_of_two_new_pages_with_the_same_text_none_is_the_one_that_moved(small: Small) -> None:
    small.capture(HERE, page("Ausbau der Strecke", LONG))
    small.capture(HERE, b"gone", status=404)
    small.capture(THERE, page("Ausbau der Strecke", LONG))
    small.capture(THERE + "2", page("Ausbau der Strecke", LONG))
    assert moved(small) == 3


def test_the_old_address_of_a_moved_release_leads_to_it(small: Small) -> None:
    small.capture(HERE, page("Ausbau der Strecke", LONG))
    small.build()
    [(first,)] = small.rows("SELECT id FROM releases")
    small.capture(THERE, page("Ausbau der Strecke", LONG))
    small.build()
    [(second,)] = small.rows("SELECT id FROM releases WHERE id <> ?", first)
    small.capture(HERE, b"gone", status=404)
    small.build()
    assert small.rows("SELECT id, url, versions FROM releases") == [(first, THERE, 1)]
    assert small.rows("SELECT release_id FROM release_addresses WHERE id = ?", second) == [(first,)]
    assert small.rows("SELECT url, from_url, rule FROM moves") == [(THERE, HERE, "text")]


def test_what_an_address_shows_instead_of_its_release_is_no_version_of_it(small: Small) -> None:
    small.capture(HERE, page("Ausbau der Strecke", LONG))
    small.capture(HERE, page("Willkommen", OTHER, day="2026-02-28"))
    small.build()
    assert small.rows("SELECT versions FROM releases") == [(1,)]
    assert small.rows("SELECT outcome FROM parsed_captures ORDER BY 1") == [("other_page",), ("release",)]
    assert small.rows("SELECT state, reason FROM presence") == [("unknown", "other_page")]


def test_a_redirect_to_another_release_joins_nothing(small: Small) -> None:
    small.capture(HERE, page("Ausbau der Strecke", LONG))
    small.capture(THERE, page("Kinderfest", OTHER))
    small.build()
    small.capture(THERE, page("Kinderfest", OTHER), asked=HERE)
    assert moved(small) == 2
    small.build(rebuild=True)
    assert moved(small) == 2
