"""Decisions of people hold in every build, survive rebuilds, and wait when the text changes."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from archive import corrections
from archive.corrections import Corrections, Target, decided
from archive.errors import ArchiveError
from archive.people import people
from tests.pipeline.small import Small, page

URL = "https://test.example/presse/1"
TEXT = (
    "Der Landkreis Gotha erhält 477.970 Euro für drei Schulen. Die Kosten liegen bei 2,3 Millionen Euro.\n"
    "Am Freitag wurde der Bescheid übergeben. Die Staatskanzlei in Erfurt dankte."
)
ON = date(2026, 3, 2)


def _decide(action: Any, **said: Any) -> corrections.Correction:
    return decided(action, "Erna Muster", "nachgesehen", ON, **said)


def _about(small: Small, action: Any, kind: str, surface: str, **said: Any) -> corrections.Correction:
    [(release, text_hash)] = small.rows(
        "SELECT release_id, text_hash FROM versions ORDER BY number DESC LIMIT 1"
    )
    start = TEXT.index(surface)
    mention = Target(kind, "text", start, start + len(surface), surface)
    return _decide(action, release=release, text_hash=text_hash, mention=mention, **said)


@pytest.fixture
def built(small: Small) -> Small:
    small.capture(URL, page("Bescheid übergeben", TEXT))
    small.build()
    return small


def _states(small: Small) -> dict[object, object]:
    return dict(small.rows("SELECT action, state FROM corrections"))  # type: ignore[arg-type]


def test_a_rejected_amount_goes_with_its_grant_and_stays_away_in_a_rebuild(built: Small) -> None:
    assert built.rows("SELECT count(*) FROM grants") == [(1,)]
    book = Corrections((_about(built, "reject", "amount", "477.970 Euro"),))
    for options in ({}, {"rebuild": True}, {}):
        built.build(corrections=book, **options)
        assert built.rows("SELECT surface FROM amounts") == [("2,3 Millionen Euro",)]
        assert built.rows("SELECT count(*) FROM grants") == [(0,)]
        assert built.rows("SELECT amount_max FROM releases") == [(2_300_000,)]
        assert _states(built) == {"reject": "applied"}


def test_a_value_is_set_and_its_grant_says_the_same(built: Small) -> None:
    said = {"value_max": 478_000.0, "value_min": 477_000.0, "qualifier": "range"}
    book = Corrections((_about(built, "set", "amount", "477.970 Euro", value=said),))
    built.build(corrections=book)
    row = [(477_000.0, 478_000.0, "range")]
    assert built.rows("SELECT value_min, value_max, qualifier FROM amounts WHERE rule = 'correction'") == row
    assert built.rows("SELECT value_min, value_max, qualifier FROM grants") == row


def test_a_district_is_set_by_its_key(built: Small) -> None:
    book = Corrections((_about(built, "set", "district", "Landkreis Gotha", value={"ags": "16069"}),))
    built.build(corrections=book)
    assert ("16069", "Hildburghausen") in built.rows("SELECT district_ags, name FROM district_mentions")


def test_a_fixed_day_moves_what_follows_from_it(built: Small) -> None:
    [(release,)] = built.rows("SELECT id FROM releases")
    friday = "SELECT first_on FROM dates WHERE surface = 'Am Freitag' OR surface = 'Freitag'"
    assert built.rows(friday) == [("2026-02-27",)]
    book = Corrections((_decide("date", release=release, value={"published_on": "2026-02-18"}),))
    built.build(corrections=book)
    assert built.rows(friday) == [("2026-02-13",)]
    assert built.rows("SELECT published_on, published_rule FROM releases") == [("2026-02-18", "correction")]


def test_a_decision_waits_when_the_text_changes_and_holds_again_when_it_returns(built: Small) -> None:
    book = Corrections((_about(built, "reject", "amount", "477.970 Euro"),))
    built.build(corrections=book)
    built.capture(URL, page("Bescheid übergeben", TEXT.replace("drei", "vier")))
    built.build(corrections=book)
    assert _states(built) == {"reject": "reopened"}
    assert built.rows("SELECT count(*) FROM amounts") == [(2,)]
    open_issues = "SELECT count(*) FROM issues WHERE kind = 'correction_reopened' AND closed_at IS NULL"
    assert built.rows(open_issues) == [(1,)]
    built.capture(URL, page("Bescheid übergeben", TEXT))
    built.build(corrections=book)
    assert _states(built) == {"reject": "applied"}
    assert built.rows("SELECT count(*) FROM amounts") == [(1,)]
    assert built.rows(open_issues) == [(0,)]


def test_a_decision_that_was_taken_back_leaves_no_trace(built: Small) -> None:
    tables = ("amounts", "grants", "dates", "district_mentions")
    before = {t: built.rows(f"SELECT release_id, surface, rule FROM {t}" if t != "grants" else
                            "SELECT release_id, sentence, rule FROM grants") for t in tables}  # fmt: skip
    built.build(corrections=Corrections((_about(built, "reject", "amount", "477.970 Euro"),)))
    built.build(corrections=Corrections(()))
    after = {t: built.rows(f"SELECT release_id, surface, rule FROM {t}" if t != "grants" else
                           "SELECT release_id, sentence, rule FROM grants") for t in tables}  # fmt: skip
    assert after == before
    assert built.rows("SELECT count(*) FROM corrections") == [(0,)]


def test_two_persons_are_made_one_and_two_again(small: Small) -> None:
    one, other = (p for p in people() if p.name in ("Heike Werner", "Bodo Ramelow"))
    text = "Sozialministerin Heike Werner war in Gotha. „Gut so“, sagte Werner."
    small.capture(URL, page("Besuch", text, day="2018-03-28"))
    small.build()
    asked = "SELECT DISTINCT minister_id FROM minister_mentions"
    [(found,)] = small.rows(asked)
    into = other.person_id if found == one.person_id else one.person_id
    small.build(corrections=Corrections((_decide("merge", person=found, into=into),)))
    assert small.rows(asked) == [(into,)]
    elsewhere = _decide("split", person=found, into=into, until=date(2017, 1, 1))
    small.build(corrections=Corrections((elsewhere,)))
    assert small.rows(asked) == [(found,)]
    here = _decide("split", person=found, into=into, source="th-test", since=date(2018, 1, 1))
    small.build(corrections=Corrections((here,)))
    assert small.rows(asked) == [(into,)]


def test_precision_of_a_rule_is_counted_from_decisions(built: Small) -> None:
    book = Corrections(
        (
            _about(built, "confirm", "amount", "477.970 Euro"),
            _about(built, "reject", "amount", "2,3 Millionen Euro"),
        )
    )
    built.build(corrections=book)
    found = built.rows("SELECT kind, sum(judged), sum(confirmed) FROM extractor_precision GROUP BY kind")
    assert found == [("amount", 2, 1)]


def test_a_missing_file_does_not_undo_decisions_in_silence(built: Small) -> None:
    built.build(corrections=Corrections((_about(built, "reject", "amount", "477.970 Euro"),)))
    with pytest.raises(ArchiveError, match="--corrections"):
        built.build()
    assert built.rows("SELECT count(*) FROM amounts") == [(1,)]


def test_a_decision_about_nothing_here_is_said(built: Small) -> None:
    gone = _decide("date", release="th-test-000000000000", value={"published_on": "2026-02-18"})
    elsewhere = _about(built, "reject", "date", "Die Kosten")
    built.build(corrections=Corrections((gone, elsewhere)))
    assert _states(built) == {"date": "unknown", "reject": "idle"}


def test_a_file_comes_back_as_it_was_written(tmp_path: Path) -> None:
    mention = Target("amount", "text", 27, 39, "477.970 „Euro“\\\n")
    known = (
        _decide(
            "set", release="x-1", text_hash="a", mention=mention, value={"value_min": "", "value_max": 5.0}
        ),
        _decide("date", release="x-1", value={"published_on": "2026-02-18"}),
    )
    path = tmp_path / "corrections.toml"
    corrections.write(path, known)
    assert corrections.read(path).all == known


def test_what_people_wrote_beside_a_decision_stays_while_the_decision_stays(tmp_path: Path) -> None:
    path = tmp_path / "corrections.toml"
    first, second = (_decide("date", release=f"x-{n}", value={"published_on": "2026-02-18"}) for n in (1, 2))
    corrections.write(path, [first])
    path.write_text("# ours\n" + path.read_text("utf-8").replace('"x-1"', '"x-1"  # asked them'), "utf-8")
    corrections.write(path, [first, second])
    kept = path.read_text("utf-8")
    assert ("# ours" in kept, "# asked them" in kept) == (True, True)
    assert corrections.read(path).all == (first, second)
    corrections.write(path, [second])
    assert ("# ours" in path.read_text("utf-8"), "# asked them" in path.read_text("utf-8")) == (True, False)
    corrections.write(path, [second], keep=False)
    assert "# ours" not in path.read_text("utf-8")


def test_merges_that_lead_back_are_refused(tmp_path: Path) -> None:
    one, other, third = sorted(person.person_id for person in people())[:3]
    path = tmp_path / "corrections.toml"
    corrections.write(
        path, [_decide("merge", person=one, into=other), _decide("merge", person=other, into=third)]
    )
    assert len(corrections.read(path).all) == 2
    with pytest.raises(ArchiveError, match="circle"):
        corrections.change(path, lambda known: [*known, _decide("merge", person=third, into=one)])
    assert len(corrections.read(path).all) == 2


@pytest.mark.parametrize(
    ("text", "mend"),
    [
        ("[[correction]]\nid = 'a'", "action"),
        ("correction = 5", "array"),
        ("[[correction]\n", "corrections.toml"),
        (
            "[[correction]]\nid='a'\naction='date'\nauthor='x'\nreason='y'\ndecided_on=2026-01-01\nrelease='r'\n"
            "[correction.value]\npublished_on='1.2.2026'",
            "write it as",
        ),
        (
            "[[correction]]\nid='a'\naction='merge'\nauthor='x'\nreason='y'\ndecided_on=2026-01-01\n"
            "person='nobody'\ninto='somebody'",
            "no person of ours",
        ),
        (
            "[[correction]]\nid='a'\naction='date'\nauthor=''\nreason='y'\ndecided_on=2026-01-01\nrelease='r'",
            "must be said",
        ),
        (
            "[[correction]]\nid='a'\naction='date'\nauthor='x'\nreason='y'\ndecided_on=2026-01-01\nrelaese='r'",
            "relaese",
        ),
    ],
)
def test_a_file_that_is_wrong_is_refused_with_the_place(tmp_path: Path, text: str, mend: str) -> None:
    path = tmp_path / "corrections.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(ArchiveError, match=mend):
        corrections.read(path)


@pytest.mark.parametrize(
    ("kind", "value", "fault"),
    [
        ("amount", {"currency": ""}, "cannot be empty"),
        ("amount", {"currency": "Euro"}, "code of three letters"),
        ("amount", {"currency": 5.0}, "quotation marks"),
        ("amount", {"value_min": float("nan")}, "is a number"),
        ("amount", {"value_max": float("inf")}, "is a number"),
        ("amount", {"value_min": 3.0, "value_max": 2.0}, "more than"),
        ("date", {"timex": ""}, "cannot be empty"),
        ("date", {"first_on": "2026-03-02", "last_on": "2026-03-01"}, "more than"),
        ("minister", {"role": "king"}, "one of"),
    ],
)
def test_a_value_that_no_row_can_hold_is_refused_where_it_is_written(
    kind: str, value: dict[str, Any], fault: str
) -> None:
    mention = Target(kind, "text", 0, 4, "etwas")
    with pytest.raises(ArchiveError, match=fault):
        _decide("set", release="th-test-1", text_hash="0", mention=mention, value=value)


def test_no_release_is_dated_after_the_day_of_the_decision() -> None:
    with pytest.raises(ArchiveError, match="after the day"):
        _decide("date", release="th-test-1", value={"published_on": "2926-02-18"})


def test_a_day_without_quotation_marks_is_explained(tmp_path: Path) -> None:
    file = tmp_path / "corrections.toml"
    said = 'id = "a"\naction = "date"\nauthor = "x"\nreason = "y"\ndecided_on = 2026-01-01\nrelease = "r"\n'
    file.write_text(f"[[correction]]\n{said}[correction.value]\npublished_on = 2025-01-01\n", "utf-8")
    with pytest.raises(ArchiveError, match=r"quotation marks; docs/corrections\.md"):
        corrections.read(file)
