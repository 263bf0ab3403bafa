"""What readers propose is listed, and each open proposal is decided once."""

import json
from pathlib import Path

import pytest
from verbs import House

BOX = "proposals.jsonl"
AUTHOR = ("--author", "Erna Muster")


class Reader:
    """Somebody who proposes things about the first amount of an archive."""

    def __init__(self, house: House) -> None:
        self.file: Path = house.folder / BOX
        [(self.release, start, self.surface, self.text_hash)] = house.rows(
            'SELECT r.id, a."start", a.surface, v.text_hash FROM amounts a '
            "JOIN releases r ON r.id = a.release_id JOIN versions v ON v.id = r.version_id "
            "WHERE a.field = 'text' ORDER BY a.id LIMIT 1"
        )
        self.mention = f"amount@{start}"

    def says(self, **other: str) -> None:
        said = {
            "release": self.release,
            "text_hash": self.text_hash,
            "mention": self.mention,
            "surface": self.surface,
            "rule": "amount",
            "fault": "wrong_value",
            "comment": "es sind mehr",
            "on": "2026-01-02",
        }
        self.write(json.dumps(said | other, ensure_ascii=False))

    def write(self, line: str) -> None:
        with self.file.open("a", encoding="utf-8") as file:
            file.write(line + "\n")


@pytest.fixture
def reader(copied: House) -> Reader:
    return Reader(copied)


def test_what_most_readers_propose_comes_first_and_is_shown_with_what_it_means(
    copied: House, reader: Reader
) -> None:
    reader.says(mention="date", fault="other", comment="")
    reader.says()
    reader.says(comment="Komma verrutscht", on="2026-01-05")
    listed = copied.ok("correct", "proposals", BOX, env={"COLUMNS": "400"})  # no cell has two lines
    assert listed.index(reader.mention) < listed.index("something else")
    assert "Komma verrutscht" in listed
    assert "2026-01-02" in listed
    assert reader.surface.split()[0] in listed


def test_a_review_decides_stops_and_goes_on(copied: House, reader: Reader) -> None:
    reader.says()
    reader.says(mention="date", fault="other", comment="")
    shown = copied.ok("correct", "review", BOX, *AUTHOR, text="reject\nnachgesehen\nquit\n")
    assert "1 of 2" in shown
    assert "reader: wrong value, person or place: es sind mehr" in shown
    assert "1 of 1" in copied.ok("correct", "review", BOX, *AUTHOR, text="date\n2020-01-02\nSeite sagt es\n")
    assert "nothing is open" in copied.ok("correct", "review", BOX, *AUTHOR)
    assert "--all shows" in copied.ok("correct", "proposals", BOX)
    assert copied.ok("correct", "proposals", BOX, "--all").count("decided") == 2
    copied.ok("build")
    assert copied.rows("SELECT action, state FROM corrections ORDER BY action") == [
        ("date", "applied"),
        ("reject", "applied"),
    ]


def test_a_value_that_makes_no_sense_is_asked_for_again(copied: House, reader: Reader) -> None:
    reader.says()
    shown = copied.ok(
        "correct", "review", BOX, *AUTHOR, text="set\nvalue_max=viel\nset\nvalue_max=1 value_min=1\ndoch\n"
    )
    assert "no number" in shown
    assert "noted" in shown


@pytest.mark.parametrize(
    ("other", "state"),
    [
        ({"text_hash": "another"}, "text changed"),
        ({"mention": "amount@99999"}, "no longer found"),
        ({"mention": "'; DROP TABLE releases"}, "no longer found"),
        ({"release": "nobody-000000000000"}, "release gone"),
    ],
)
def test_what_is_out_of_date_is_not_open(
    crawled: House, tmp_path: Path, other: dict[str, str], state: str
) -> None:
    reader = Reader(crawled)
    reader.file = tmp_path / BOX
    reader.says(**other)
    assert "nothing is open" in crawled.ok("correct", "proposals", str(reader.file))
    assert state in crawled.ok("correct", "proposals", str(reader.file), "--all")


def test_lines_that_are_none_are_named_and_signs_that_steer_are_left_out(
    copied: House, reader: Reader
) -> None:
    reader.write('{"release": 7}')
    reader.says(comment="\x1b[31mrot [bold]fett")
    reader.write("\udcff".encode("utf-8", "surrogateescape").decode("latin-1"))
    reader.says(fault="nonsense")
    listed = copied.ok("correct", "proposals", BOX)
    assert "line 1, 3, 4" in listed
    assert "\x1b" not in listed
    assert "[bold]fett" in listed


def test_a_file_that_is_not_there_is_explained(crawled: House, tmp_path: Path) -> None:
    assert "serve --proposals" in crawled.ok("correct", "proposals", str(tmp_path / "none"), code=2)
