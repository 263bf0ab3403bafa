"""`pressearchiv verify` finds what does not agree, says it once, and ends with 1."""

import pytest
from verbs import House


def test_a_whole_archive_agrees(crawled: House) -> None:
    assert "all agree" in crawled.ok("verify")


def test_a_cut_file_is_found_and_the_next_crawl_fetches_what_is_gone(copied: House) -> None:
    path = copied.warc_file("demo-bund")
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert "damaged at byte" in copied.ok("verify", code=1)
    copied.run("crawl", "demo-bund")
    assert copied.rows("SELECT count(*) FROM issues WHERE kind = 'lost_evidence'") == [(1,)]


def test_a_missing_folder_is_named(copied: House) -> None:
    assert "captures; restore it from the backup" in copied.ok("verify", "--warc", "elsewhere", code=1)


@pytest.mark.parametrize(
    ("sql", "part"),
    [
        ("UPDATE versions SET text = text || '!' WHERE number = 1", "versions"),
        ('UPDATE amounts SET "start" = "start" + 1, "end" = "end" + 1', "mentions"),
        ("UPDATE captures SET payload_digest = 'sha1:X'", "captures"),
        ("DELETE FROM captures WHERE role = 'robots'", "without a row"),
    ],
)
def test_a_changed_row_is_found(copied: House, sql: str, part: str) -> None:
    copied.change(sql)
    assert part in copied.ok("verify", code=1)


def test_releases_are_read_again_from_their_bytes(copied: House) -> None:
    out = copied.ok("verify", "--deep", "--sample", "5", "--seed", "3")
    assert "reading 5 releases again" in out
    assert "all agree" in out
    copied.change("UPDATE releases SET kind = 'speech' WHERE kind = 'press_release'")
    out = copied.ok("verify", "--deep", "--all", code=1)
    assert "kind is 'speech', its bytes say 'press_release'" in out
