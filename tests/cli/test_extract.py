"""`pressearchiv extract` keeps its format, and reads a release of 2018 as it was meant in 2018."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

RELEASE = """\
Sozialministerin Heike Werner startet Programm im Norden und im Osten Thüringens

Heike Werner (DIE LINKE), Thüringer Ministerin für Arbeit, Soziales, Gesundheit, Frauen und Familie, kam am \
19. März zum Auftakt in den Kyffhäuserkreis. In Artern überreichte sie Landrätin Antje Hochwind einen \
Zuwendungsbescheid über 477.970 Euro, danach besichtigte sie ein Haus in Roßleben.

Am 27. März sprach die Ministerin in Altenburg mit Landrätin Michaele Sojka. Der Kyffhäuserkreis und das \
Altenburger Land machen seit Anfang 2018 den Anfang; im nächsten Jahr folgen alle anderen Kreise.
"""


def extract(*arguments: str, text: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "cli", "extract", *arguments]
    wide = os.environ | {"COLUMNS": "200"}
    return subprocess.run(command, input=text, capture_output=True, text=True, encoding="utf-8", env=wide)


def of_kind(mentions: Iterable[dict[str, object]], kind: str, *fields: str) -> list[tuple[object, ...]]:
    return [tuple(m[f] for f in fields) for m in mentions if m["kind"] == kind]


@pytest.fixture(scope="module")
def mentions() -> list[dict[str, object]]:
    done = extract("--published", "2018-03-28", "--jurisdiction", "DE-TH", text=RELEASE)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)["mentions"]
    assert isinstance(found, list)
    return found


def test_offsets_point_at_the_surface(mentions: list[dict[str, object]]) -> None:
    for m in mentions:
        assert RELEASE[int(str(m["start"])) : int(str(m["end"]))] == m["surface"]


def test_the_minister_holds_the_office_of_that_day(mentions: list[dict[str, object]]) -> None:
    office = "Ministerin für Arbeit, Soziales, Gesundheit, Frauen und Familie"
    assert (
        of_kind(mentions, "minister", "name", "office", "jurisdiction", "role")
        == [("Heike Werner", office, "DE-TH", "minister")] * 2
    )


def test_landraetinnen_are_no_ministers(mentions: list[dict[str, object]]) -> None:
    wanted = [("Antje Hochwind", "Landrätin"), ("Michaele Sojka", "Landrätin")]
    assert of_kind(mentions, "person_in_office", "name", "office") == wanted


def test_districts_come_with_their_keys(mentions: list[dict[str, object]]) -> None:
    assert of_kind(mentions, "district", "ags") == [("16065",), ("16065",), ("16077",)]


def test_municipalities_are_those_of_2018(mentions: list[dict[str, object]]) -> None:
    assert of_kind(mentions, "municipality", "ags", "district") == [
        ("16065002", "16065"),
        ("16065061", "16065"),
        ("16077001", "16077"),
    ]


def test_the_amount_and_the_dates_are_resolved(mentions: list[dict[str, object]]) -> None:
    amounts = of_kind(mentions, "amount", "value_min", "value_max", "currency", "qualifier")
    assert amounts == [(477970.0, 477970.0, "EUR", "exact")]
    dates = of_kind(mentions, "date", "timex")
    assert dates == [("2018-03-19",), ("2018-03-27",), ("2018",), ("2019",)]


def test_lines_come_back_in_order_whatever_the_number_of_workers() -> None:
    rows = [
        {"id": n, "text": f"Es gab {n} Euro.", "published": None, "jurisdiction": None} for n in range(1, 200)
    ]
    text = "\n".join(map(json.dumps, rows))
    one, two = (extract("--jsonl", "--workers", str(n), text=text) for n in (1, 2))
    assert one.stdout == two.stdout
    assert [json.loads(line)["id"] for line in one.stdout.splitlines()] == list(range(1, 200))


@pytest.mark.parametrize(
    ("arguments", "text", "says"),
    [
        (["--published", "28.3.2018"], "x", "write it as 2018-03-28"),
        (["--jsonl"], '{"id": 1}', "line 1 cannot be read"),
        (["--jsonl"], "\n{", "line 2 cannot be read"),
        (["--jsonl"], '{"text": 5}', "text is not a string"),
        (["no-such-file"], "", "no-such-file"),
    ],
)
def test_bad_use_ends_with_2_and_says_why(arguments: list[str], text: str, says: str) -> None:
    done = extract(*arguments, text=text)
    assert done.returncode == 2
    assert says in done.stderr


def test_explain_shows_what_was_found_and_refused(tmp_path: Path) -> None:
    path = tmp_path / "text.txt"
    path.write_text("Bei Regen kam Minister Tiefensee am 5. Mai 2020 nach Gera.", "utf-8")
    done = extract(str(path), "--explain", "--published", "2020-05-06", "--jurisdiction", "DE-TH", text="")
    assert done.returncode == 0, done.stderr
    assert "2020-05-05" in done.stdout
    assert "Wolfgang Tiefensee" in done.stdout
