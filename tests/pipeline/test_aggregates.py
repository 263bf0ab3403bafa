"""Figures by month and grants as stories: kept by each build, and the same after a rebuild."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.aggregates import grants, run
from pipeline.aggregates.run import DERIVED
from pipeline.aggregates.stories import Telling, stories
from tests.pipeline.small import Small, page
from tests.pipeline.test_build import TEXT, TITLE, URL

GRANT = (
    "Ministerin Heike Werner übergab am 24. Februar 2026 einen Förderbescheid über 440.000 Euro an den "
    "Landkreis Sömmerda. Das Geld ist für den Ausbau der Schule."
)


def figures(small: Small) -> dict[str, list[tuple[object, ...]]]:
    return {table: sorted(small.rows(f"SELECT * FROM {table}"), key=repr) for table in DERIVED}


def telling(key: str = "a", day: str | None = "2026-02-01", **said: Any) -> Telling:
    values: dict[str, Any] = {"value_min": 1e5, "value_max": 1e5, "currency": "EUR", "qualifier": "exact"}
    values |= {"status": "promised", "recipient": None, "district_ags": None, "municipality_ags": None}
    values |= {"text_group": None, "field": "text"}
    return Telling(key=key, release_id=f"r-{key}", published_on=day, **(values | said))


def test_figures_kept_from_build_to_build_are_those_of_a_rebuild(small: Small) -> None:
    for n in range(4):
        small.capture(f"{URL}-{n}", page(f"{TITLE} {n}", GRANT if n % 2 else TEXT))
        small.build()
    small.capture(f"{URL}-1", page(TITLE, TEXT))
    small.build()
    kept = figures(small)
    assert kept["mention_months"]
    assert kept["grant_stories"]
    small.build(rebuild=True)
    assert figures(small) == kept


def test_figures_written_in_portions_are_the_same(small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    for n in range(4):
        small.capture(f"{URL}-{n}", page(f"{TITLE} {n}", GRANT.replace("440.000", f"44{n % 2}.000")))
    small.build()
    whole = figures(small)
    monkeypatch.setattr(run, "CHUNK", 1)
    monkeypatch.setattr(run, "ALOFT", 0)
    monkeypatch.setattr(grants, "ALOFT", 0)
    small.build(rebuild=True)
    assert figures(small) == whole


def test_mentions_found_anew_by_other_rules_are_counted_anew(small: Small) -> None:
    small.capture(URL, page(TITLE, GRANT))
    small.build()
    before = figures(small)
    small.db.execute("DELETE FROM minister_mentions")
    small.db.execute("UPDATE releases SET amount_max = amount_max")
    small.db.execute("UPDATE archive_state SET value = '0' WHERE key = 'rules'")
    run.write(small.db)
    assert figures(small) != before
    small.build()
    assert figures(small) == before


def test_a_release_that_changed_is_counted_as_it_is_now(small: Small) -> None:
    small.capture(URL, page(TITLE, GRANT))
    small.build()
    assert ("district", "16068", "2026-02", 1) in small.rows("SELECT * FROM mention_months")
    small.capture(URL, page("Neues aus dem Ministerium", "Der Landtag tagt. Mehr steht hier nicht zu lesen."))
    small.build()
    assert small.rows("SELECT * FROM mention_months WHERE kind = 'district'") == []
    assert small.rows("SELECT * FROM grant_months") == []
    assert small.rows("SELECT * FROM uncounted_releases") == []


def test_one_grant_in_title_and_text_of_two_releases_is_summed_once(small: Small) -> None:
    for n in range(2):
        small.capture(f"{URL}-{n}", page(f"{TITLE} {n}", GRANT))
    small.build()
    told = "SELECT tellings, releases FROM grant_stories WHERE district_ags = '16068'"
    assert small.rows(told) == [(4, 2)]  # in title and text of both
    sums = small.rows("SELECT sum(stories), sum(high) FROM grant_months WHERE kind = 'district'")
    assert sums == [(1, 440000)]


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [
        (telling("a", district_ags="16065"), telling("b", "2026-03-01", district_ags="16065"), 1),
        (telling("a", district_ags="16065"), telling("b", "2026-05-01", district_ags="16065"), 2),
        (telling("a", district_ags="16065"), telling("b", district_ags="16066"), 2),
        (telling("a"), telling("b"), 2),
        (telling("a", text_group="t"), telling("b", text_group="t"), 1),
        (telling("a", text_group="t", recipient="Stadt Artern"), telling("b", text_group="t"), 1),
        (telling("a", recipient="Stadt Artern"), telling("b", recipient="STADT ARTERN"), 1),
        (
            telling("a", district_ags="16065", recipient="Feuerwehr Artern"),
            telling("b", district_ags="16065", recipient="Kita Regenbogen"),
            2,
        ),
        (
            telling("a", district_ags="16065", municipality_ags="16065003"),
            telling("b", district_ags="16065", municipality_ags="16065014"),
            2,
        ),
        (telling("a", None, recipient="Stadt Artern"), telling("b", recipient="Stadt Artern"), 2),
    ],
)
def test_the_same_place_recipient_or_text_within_weeks_is_one_grant(
    one: Telling, other: Telling, count: int
) -> None:
    assert len(stories([one, other])) == count
    assert len(stories([other, one])) == count


def test_a_title_rounds_so_the_text_says_how_exact_an_amount_is() -> None:
    told = [
        telling("a", district_ags="16065", field="title"),
        telling("b", district_ags="16065", qualifier="about"),
    ]
    [story] = stories(told)
    assert story.surest.qualifier == "about"


def test_a_story_is_as_far_and_as_exact_as_its_best_telling() -> None:
    told = [
        telling("a", "2026-01-10", district_ags="16065", status="planned", qualifier="about"),
        telling("b", "2026-02-01", district_ags="16065", status="given", recipient="Stadt Artern"),
        telling("c", "2026-02-20", district_ags="16065"),
    ]
    [story] = stories(told)
    assert (story.id, story.status, story.surest.qualifier) == ("a", "given", "exact")
    assert (story.first_on, story.said("recipient")) == ("2026-01-10", "Stadt Artern")


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["2026-01-01", "2026-01-20", "2026-04-01", None]),
            st.sampled_from(["16065", "16066", None]),
            st.sampled_from(["Stadt Artern", "Kita Regenbogen", None]),
            st.sampled_from(["t", None]),
        ),
        max_size=12,
    ),
    st.randoms(use_true_random=False),
)
def test_every_telling_has_one_story_whatever_their_order(
    drawn: list[tuple[str | None, str | None, str | None, str | None]], dice: Any
) -> None:
    told = [
        telling(f"k{n:02}", day, district_ags=place, recipient=who, text_group=text)
        for n, (day, place, who, text) in enumerate(drawn)
    ]
    found = stories(told)
    assert sorted(t.key for story in found for t in story.tellings) == [t.key for t in told]
    dice.shuffle(told)
    assert stories(told) == found
