"""Simulated months of a portal: nothing is taken for a removal that is none; moved pages are found again."""

from collections.abc import Callable
from pathlib import Path

import pytest

from demo.changes import corrected, mistyped
from demo.timeline import OLD, Illness, Script, Span, address, present, published, releases
from tests.compare.months import BASE, Months, months

DAYS = 90
MATCHED = 0.95  # of the pages that moved
PAID = next(at for at in range(8, OLD) if releases()[at].amounts)
SLIP = next(at for at in range(OLD - 1, 0, -1) if " und " in releases()[at].lead and at != PAID)
REMOVED = {5: Span(0, 0), 10: Span(12), 12: Span(30), 18: Span(30, 60), 20: Span(51)}


@pytest.fixture
def after(tmp_path: Path) -> Callable[..., Months]:
    def run(script: Script, days: int = DAYS, every: int = 3) -> Months:
        archive = months(tmp_path / "months", script)
        archive.until(days, every=every)
        return archive

    return run


def title(at: int) -> str:
    return releases()[at].title


def state(archive: Months, at: int) -> tuple[object, ...]:
    sql = "SELECT state, reason, missing_checks FROM release_presence WHERE title = ?"
    return archive.rows(sql, title(at))[0]


def called_absent(archive: Months) -> set[object]:
    sql = "SELECT title FROM release_presence WHERE state IN ('missing', 'gone')"
    return {found for (found,) in archive.rows(sql)}


def matched(archive: Months, script: Script) -> float:
    """The share of releases that both addresses lead to, of those that moved."""
    by_url = dict(archive.rows("SELECT url, release_id FROM release_addresses"))
    moved = [at for at in published(script.relaunch - 1) if at not in script.dropped]
    both = [
        by_url.get(BASE + address(script, at, script.relaunch - 1))
        == by_url.get(BASE + address(script, at, DAYS))
        for at in moved
    ]
    return sum(both) / len(both)


TURNS: dict[Illness, Span] = {"down": Span(15, 24), "blocked": Span(30, 39), "refused": Span(45, 54)}


@pytest.mark.parametrize("ill", [TURNS, {"lost": Span(24, 45)}, {"home": Span(24, 45)}])
def test_an_illness_of_the_portal_removes_and_changes_nothing(
    after: Callable[..., Months], ill: dict[Illness, Span]
) -> None:
    archive = after(Script(ill=ill))
    assert called_absent(archive) == set()
    assert archive.rows("SELECT count(*), max(versions) FROM releases") == [(len(published(DAYS - 1)), 1)]
    assert archive.rows("SELECT count(*) FROM presence WHERE state <> 'present'") == [(0,)]


@pytest.mark.parametrize("illness", ["lost", "home"])
def test_an_illness_that_lasts_is_not_taken_for_removals(after: Callable[..., Months], illness: str) -> None:
    archive = after(Script(ill={illness: Span(30)}), days=75)  # type: ignore[dict-item]
    assert called_absent(archive) == set()
    states = dict(archive.rows("SELECT state, count(*) FROM presence GROUP BY 1"))
    assert set(states) == {"unknown"}


@pytest.mark.parametrize("leads", ["redirect", "none", "home", "soft"])
def test_a_relaunch_moves_releases_and_removes_none(after: Callable[..., Months], leads: str) -> None:
    script = Script(relaunch=30, leads=leads)  # type: ignore[arg-type]
    archive = after(script)
    assert called_absent(archive) == set()
    assert matched(archive, script) >= MATCHED
    assert archive.rows("SELECT count(*), max(versions) FROM releases") == [(len(published(DAYS - 1)), 1)]
    assert set(archive.rows("SELECT DISTINCT state FROM presence")) <= {("moved",), ("redirected",)}


def test_what_a_relaunch_leaves_behind_is_not_called_removed(after: Callable[..., Months]) -> None:
    dropped = frozenset({2, 3, 7, 11, 12})
    script = Script(relaunch=30, leads="none", dropped=dropped)
    archive = after(script)
    assert called_absent(archive) == set()
    assert {state(archive, at)[:2] for at in dropped} == {("unknown", "many_at_once")}
    assert matched(archive, script) >= MATCHED


@pytest.mark.parametrize("status", [404, 410])
def test_real_removals_are_seen_and_a_return_is_noted(after: Callable[..., Months], status: int) -> None:
    script = Script(removed=REMOVED, removal=status)
    archive = after(script)
    gone = {title(at) for at in REMOVED if not present(script, at, DAYS - 1)}
    assert called_absent(archive) == gone
    [(returned,)] = archive.rows(
        "SELECT p.returned_at FROM presence p JOIN releases r ON r.id = p.release_id WHERE r.title = ?",
        title(18),
    )
    assert "2026-03-05" < str(returned) < "2026-03-20"
    assert state(archive, 10)[:2] == ("gone", f"status_{status}")


def test_a_page_that_only_says_that_it_is_missing_is_not_called_removed(after: Callable[..., Months]) -> None:
    archive = after(Script(removed=REMOVED, removal=200))
    assert called_absent(archive) == set()
    assert state(archive, 10)[:2] == ("unknown", "soft_404")


def test_a_removal_amid_illness_and_relaunch_is_found_once_all_is_quiet(after: Callable[..., Months]) -> None:
    script = Script(removed={8: Span(70)}, ill={"lost": Span(20, 25)}, relaunch=30, leads="redirect")
    archive = after(script, days=120)
    assert called_absent(archive) == {title(8)}
    assert matched(archive, script) >= MATCHED


def test_a_text_that_goes_there_and_back_has_three_versions_over_months(after: Callable[..., Months]) -> None:
    amended = {PAID: ((30, corrected), (60, lambda _: releases()[PAID])), SLIP: ((5, mistyped),)}
    archive = after(Script(edits=amended))
    found = dict(archive.rows("SELECT title, versions FROM releases WHERE versions > 1"))
    assert found[title(PAID)] == 3
    sql = (
        "SELECT c.from_number, c.to_number, c.kind FROM changes c JOIN releases r ON r.id = c.release_id "
        "WHERE title = ?"
    )
    assert archive.rows(sql + " ORDER BY 1, 2", title(PAID)) == [(1, 2, "substantive"), (2, 3, "substantive")]
    assert archive.rows(sql, title(SLIP)) == [(1, 2, "editorial")]


def test_a_rebuild_tells_the_same_history(after: Callable[..., Months]) -> None:
    amended = {PAID: ((30, corrected), (60, lambda _: releases()[PAID]))}
    removed = {OLD + 4: Span(50), 3: Span(20, 35)}
    archive = after(Script(edits=amended, removed=removed, relaunch=70, leads="none", dropped=frozenset({1})))
    tables = {
        "releases": "id, title, url, versions, version_id, first_seen_at, last_seen_at, last_changed_at",
        "versions": "id, text_hash, first_seen_at, last_seen_at",
        "version_captures": "*",
        "release_addresses": "*",
        "changes": "*",
        "fact_changes": "*",
        "presence": "*",
        "moves": "*",
        "parsed_captures": "*",
    }
    before = {
        name: sorted(archive.rows(f"SELECT {what} FROM {name}"), key=repr) for name, what in tables.items()
    }
    archive.build(rebuild=True)
    for name, what in tables.items():
        assert sorted(archive.rows(f"SELECT {what} FROM {name}"), key=repr) == before[name], name
