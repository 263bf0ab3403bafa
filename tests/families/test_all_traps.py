"""The fourteen traps that were seen on real pages, and the test that stands for each."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TRAPS = (
    (
        "old addresses redirect to a list",
        "parse/test_reject.py",
        "test_a_page_that_is_no_release_has_a_reason",
    ),
    (
        "and later captures of them hold it",
        "imports/test_import.py",
        "test_the_list_that_old_addresses_lead_to_now_is_no_version_of_a_release",
    ),
    ("a guessed feed answers with a page", "crawler/test_lists.py", "test_what_is_no_feed_is_refused"),
    (
        "the first heading is no title",
        "families/test_traps.py",
        "test_a_title_is_found_wherever_its_house_puts_it",
    ),
    (
        "the heading holds more than the title",
        "families/test_traps.py",
        "test_a_kicker_inside_the_heading_and_soft_hyphens_are_not_the_title",
    ),
    ("no first heading", "families/test_traps.py", "test_a_title_is_found_wherever_its_house_puts_it"),
    (
        "soft hyphens",
        "families/test_traps.py",
        "test_a_kicker_inside_the_heading_and_soft_hyphens_are_not_the_title",
    ),
    (
        "two dates in the head",
        "families/test_traps.py",
        "test_of_two_dates_and_authors_in_the_head_the_last_counts",
    ),
    (
        "a banner with the class of the text",
        "families/test_traps.py",
        "test_a_cookie_banner_is_no_text_and_nested_blocks_are_read_once",
    ),
    (
        "the head a day early",
        "families/test_traps.py",
        "test_every_day_that_a_migrated_release_names_is_kept_beside_the_one_believed",
    ),
    ("debris of a migration", "families/test_traps.py", "test_debris_of_a_migration_is_mended"),
    (
        "no releases among releases",
        "families/test_traps.py",
        "test_what_is_no_release_in_a_list_of_releases_has_a_kind_of_its_own",
    ),
    (
        "joint releases",
        "families/test_traps.py",
        "test_a_joint_release_is_one_text_at_each_house_and_a_release_of_each",
    ),
    ("renamed ministries", "families/test_traps.py", "test_a_ministry_has_the_name_of_the_day"),
    ("hosts that move", "imports/test_whose.py", "test_a_page_belongs_to_the_source_of_its_day"),
    ("blocks and limits", "families/test_traps.py", "test_a_shield_that_refuses_plain_clients_is_said"),
    ("calm down", "families/test_traps.py", "test_a_server_that_asks_to_calm_down_is_asked_once_more"),
)


@pytest.mark.parametrize(("trap", "file", "test"), TRAPS, ids=[trap for trap, *_ in TRAPS])
def test_every_trap_has_its_test(trap: str, file: str, test: str) -> None:
    assert f"\ndef {test}(" in (ROOT / "tests" / file).read_text("utf-8"), trap
