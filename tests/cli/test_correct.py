"""`pressearchiv correct` writes decisions to a file; the next build applies them."""

import pytest
from verbs import House

SIGNED = ("--reason", "nachgesehen", "--author", "Erna Muster")


def test_from_the_list_of_mentions_to_a_corrected_archive_and_back(copied: House) -> None:
    [(release, start, surface)] = copied.rows(
        "SELECT release_id, \"start\", surface FROM amounts WHERE field = 'text' ORDER BY id LIMIT 1"
    )
    assert f"amount@{start}" in copied.ok("correct", "show", release)
    noted = copied.ok("correct", "reject", release, f"amount@{start}", *SIGNED)
    assert "not built yet" in copied.ok("correct", "list")
    copied.ok("build")
    gone = "SELECT count(*) FROM amounts WHERE release_id = ? AND \"start\" = ? AND field = 'text'"
    assert copied.rows(gone, release, start) == [(0,)]
    listed = copied.ok("correct", "list")
    assert "applied" in listed
    assert surface.split()[0] in listed
    copied.ok("correct", "withdraw", noted.split()[1])
    copied.ok("build")
    assert copied.rows(gone, release, start) == [(1,)]


def test_a_later_decision_about_the_same_replaces_the_earlier(copied: House) -> None:
    [(release,)] = copied.rows("SELECT id FROM releases ORDER BY id LIMIT 1")
    for day in ("2020-01-01", "2020-01-02"):
        copied.ok("correct", "date", release, day, *SIGNED)
    copied.ok("build")
    assert copied.rows("SELECT published_on FROM releases WHERE id = ?", release) == [("2020-01-02",)]
    assert copied.rows("SELECT count(*) FROM corrections") == [(1,)]


@pytest.mark.parametrize(
    ("arguments", "mend"),
    [
        (("reject", "RELEASE", "amount@99999"), "correct show"),
        (("reject", "nobody-000000000000", "amount@1"), "after /m/"),
        (("set", "RELEASE", "amount@FIRST", "value_max=viel"), "no number"),
        (("set", "RELEASE", "amount@FIRST", "colour=red"), "can be set"),
        (("set", "RELEASE", "amount@FIRST", "qualifier=vielleicht"), "one of"),
        (("date", "RELEASE", "gestern"), "gestern"),
        (("merge", "nobody", "somebody"), "no person of ours"),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_is_written(
    crawled: House, arguments: tuple[str, ...], mend: str
) -> None:
    [(release, first)] = crawled.rows(
        "SELECT release_id, min(\"start\") FROM amounts WHERE field = 'text' GROUP BY 1 ORDER BY 1 LIMIT 1"
    )
    asked = [a.replace("RELEASE", release).replace("FIRST", str(first)) for a in arguments]
    assert mend in crawled.ok("correct", *asked, *SIGNED, code=2)
    assert not (crawled.folder / "corrections.toml").exists()
