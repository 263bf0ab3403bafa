"""What is said of a source and year, in German: how much of it is held, and how that was found."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from archive.german import KINDS, MONTHS, counted, number
from pipeline.coverage.counting import Run

MOST = 12  # runs of missing numbers that are named one by one
UNKNOWN = "nicht feststellbar"


class Counted(NamedTuple):
    """The numbers of one series in a year, as they are told."""

    name: str
    first: int
    last: int
    missing: Sequence[Run]
    others: Sequence[str]  # sources that count along


class Listed(NamedTuple):
    """The rows of lists in a year."""

    rows: int
    without_capture: int
    without_release: int


class Low(NamedTuple):
    """A month with suspiciously few releases; `month` counts from 1."""

    month: int
    held: int
    expected: float


def statement(
    counts: Sequence[Counted], numbered: bool, listed: Listed, low: Sequence[Low], profiled: bool
) -> str:
    """One sentence.

    >>> statement([Counted("", 1, 214, [], [])], True, Listed(0, 0, 0), [], False)
    'Nummern 1–214 lückenlos'
    >>> statement([], False, Listed(240, 3, 0), [], True)
    'keine Nummern; 3 von 240 Listeneinträgen ohne Abruf'
    >>> statement([], False, Listed(0, 0, 0), [], False)
    'nicht feststellbar'
    """
    told = [_counted(count) for count in counts]
    found = [*_lists(listed), *map(_month, low)]
    if not told and not found and not profiled:
        return f"Nummern ohne feste Folge; {UNKNOWN}" if numbered else UNKNOWN
    if not told:
        told = ["Nummern ohne feste Folge" if numbered else "keine Nummern"]
        found = found or ["kein Monat auffällig"]
    return "; ".join([*told, *found])


def numbers(missing: Iterable[Run], most: int | None = None) -> str:
    """Missing numbers, those in a row as a span.

    >>> numbers([Run(17, 17, None, None, ""), Run(90, 95, None, None, "")])
    '17, 90–95'
    """
    named = [str(run.first) if len(run) == 1 else f"{run.first}–{run.last}" for run in missing]
    shown = ", ".join(named[:most])
    rest = sum(map(len, list(missing)[most:])) if most and len(named) > most else 0
    return f"{shown} und {number(rest)} weitere" if rest else shown


def _counted(count: Counted) -> str:
    span = f"Nummern {count.first}–{count.last}" if count.last > count.first else f"Nummer {count.first}"
    name = " ".join(KINDS.get(word, word) for word in count.name.split(" "))
    about = [name] if name else []
    if count.others:
        about.append(f"gemeinsam gezählt mit {', '.join(count.others)}")
    said = f"{span} ({'; '.join(about)})" if about else span
    return f"{said} lückenlos" + (f" außer {numbers(count.missing, MOST)}" if count.missing else "")


def _lists(listed: Listed) -> list[str]:
    if not listed.rows:
        return []
    rows = counted(listed.rows, "Listeneintrag", "Listeneinträge")
    of = f"von {counted(listed.rows, 'Listeneintrag', 'Listeneinträgen')}"
    told = []
    if listed.without_capture:
        told.append(f"{number(listed.without_capture)} {of} ohne Abruf")
    if listed.without_release:
        told.append(f"{number(listed.without_release)} {of} abgerufen, doch keine Mitteilung")
    return told or [f"{rows} abgerufen" if listed.rows == 1 else f"alle {rows} abgerufen"]


def _month(low: Low) -> str:
    return f"auffällig wenig im {MONTHS[low.month - 1]} ({number(low.held)} statt etwa {low.expected:.0f})"
