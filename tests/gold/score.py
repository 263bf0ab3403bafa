"""Scores what extraction finds in annotated releases: precision, recall and F1 of the values, per kind.

    python -m tests.gold.score [--errors]

Annotated and found mentions of a kind are paired one to one where they overlap, longest overlap first. A pair
is right if both mean the same: an amount within half a per cent in the same currency, a date with the same
calendar value (of a range one end is enough, of a time its day), a district by its key, a municipality and a
minister by name. Annotated mentions to be ignored cost nothing, found or not.
"""

import re
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from pipeline.extract.mentions import Context
from pipeline.extract.release import extract
from tests.gold.read import Release, releases

KINDS = ("minister", "district", "municipality", "amount", "date")
ACADEMIC = re.compile(r"\b(?:Prof|Dr|Dipl-?\w*|h\. ?c|med|rer|nat|phil)\.? ?")

Row = dict[str, Any]


class Outcome(NamedTuple):
    """What became of one mention: `right`, `wrong` (another value), `missed` or `extra`."""

    release: str
    verdict: str
    wanted: Row | None
    found: Row | None


class Score(NamedTuple):
    right: int
    found: int
    wanted: int

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.found + self.wanted) if self.found + self.wanted else 0.0


def found_in(release: Release) -> list[Row]:
    context = Context(date.fromisoformat(release.published), release.jurisdiction)
    return [mention.as_json() for mention in extract(release.text, context)]


def judged(rows: Iterable[tuple[Release, list[Row]]], kind: str) -> list[Outcome]:
    """The outcome of every mention of the kind that counts."""
    outcomes: list[Outcome] = []
    for release, mentions in rows:
        wanted = [row for row in release.mentions if row["kind"] == kind]
        found = [row for row in mentions if row["kind"] == kind]
        outcomes += of_release(release.id, wanted, found)
    return outcomes


def of_release(name: str, wanted: list[Row], found: list[Row]) -> Iterator[Outcome]:
    pairs = paired(wanted, found)
    for i, row in enumerate(wanted):
        if row.get("ignore"):
            continue
        if i not in pairs:
            yield Outcome(name, "missed", row, None)
        else:
            other = found[pairs[i]]
            yield Outcome(name, "right" if same(row, other) else "wrong", row, other)
    for j in set(range(len(found))) - set(pairs.values()):
        if not any(excuses(row, found[j]) for row in wanted):
            yield Outcome(name, "extra", None, found[j])


def paired(wanted: list[Row], found: list[Row]) -> dict[int, int]:
    """Which found mention belongs to which annotated one: by longest overlap, then by nearest start."""
    options = sorted(
        (-overlap(row, other), abs(row["start"] - other["start"]), i, j)
        for i, row in enumerate(wanted)
        for j, other in enumerate(found)
        if overlap(row, other) > 0
    )
    pairs: dict[int, int] = {}
    for *_, i, j in options:
        if i not in pairs and j not in pairs.values():
            pairs[i] = j
    return pairs


def overlap(row: Row, other: Row) -> int:
    return int(min(row["end"], other["end"]) - max(row["start"], other["start"]))


def excuses(row: Row, other: Row) -> bool:
    """Whether an annotated mention makes a second find within it no error: ignored, or one end of a range."""
    if overlap(row, other) <= 0:
        return False
    return bool(row.get("ignore")) or (row["kind"] == "date" and "/" in row["value"] and same(row, other))


def same(wanted: Row, found: Row) -> bool:
    match wanted["kind"]:
        case "amount":
            return same_amount(wanted, found)
        case "date":
            return same_date(wanted["value"], found)
        case "district":
            return bool(wanted["ags"] == found["ags"])
        case "municipality":
            return place(wanted["name"]) == place(found["name"])
    return person(wanted["name"]) == person(found["name"] or "")


def same_amount(wanted: Row, found: Row) -> bool:
    return wanted["currency"] == found["currency"] and all(
        found[end] is not None and abs(found[end] - wanted[end]) <= max(0.005, 0.005 * abs(wanted[end]))
        for end in ("value_min", "value_max")
    )


def same_date(value: str, found: Row) -> bool:
    day = found["timex"].split("T")[0]
    if "/" in value:
        ends = {day, found["first_on"], found["last_on"]}
        return bool(found["timex"] == value or ends & set(value.split("/")))
    return bool(found["timex"] == value or day == value.split("T")[0])


def place(name: str) -> str:
    return re.split(r"[,(/]", name)[0].strip().casefold()


def person(name: str) -> str:
    return ACADEMIC.sub("", name).strip().casefold()


def score(outcomes: Iterable[Outcome]) -> Score:
    verdicts = [outcome.verdict for outcome in outcomes]
    right = verdicts.count("right")
    return Score(right, len(verdicts) - verdicts.count("missed"), len(verdicts) - verdicts.count("extra"))


def told(outcome: Outcome) -> str:
    wanted = outcome.wanted and (outcome.wanted["surface"], values(outcome.wanted))
    found = outcome.found and (outcome.found["surface"], values(outcome.found), outcome.found["rule"])
    return f"  {outcome.release} {outcome.verdict}: wanted {wanted}, found {found}"


def values(row: Row) -> list[Any]:
    fields = ("name", "ags", "value", "timex", "value_min", "value_max", "currency")
    return [row[field] for field in fields if field in row]


def main(show_errors: bool) -> Iterator[str]:
    rows = [(release, found_in(release)) for release in releases()]
    for kind in KINDS:
        outcomes = judged(rows, kind)
        total = score(outcomes)
        yield (
            f"{kind:13} wanted {total.wanted:4} found {total.found:4}"
            f"  P {total.precision:.3f} R {total.recall:.3f} F1 {total.f1:.3f}"
        )
        if show_errors:
            yield from (told(outcome) for outcome in outcomes if outcome.verdict != "right")


if __name__ == "__main__":
    for line in main("--errors" in sys.argv[1:]):
        print(line)  # noqa: T201
