"""Sums whose unit stands ahead of them: "Kosten in Mio. Euro: 11,4", a table with a column "in T€"."""

import re
from collections.abc import Iterator, Sequence

from pipeline.extract.amounts.currencies import Anchor
from pipeline.extract.amounts.money import Money
from pipeline.extract.amounts.numbers import SCALES, literal
from pipeline.extract.amounts.quantities import year_like
from pipeline.extract.amounts.tokens import LITERAL
from pipeline.extract.mentions import Amount

_CONFIDENCE = 0.8
_AFTER_UNIT = frozenset("):|\t\n")
_UNIT = re.compile(
    r"\bin\s(?P<scale>Mio\.?|Mrd\.?|Tsd\.?|Mill\.|Millionen|Milliarden|Tausend|tausend|1\.000|1000|T)?\s?\Z"
)
_INLINE = re.compile(r"\)?\s?:\s?(?=\S)")
_TABLE = re.compile(r"\)?\s?:?[ \t]*\n")
_COLUMN = re.compile(r"\)?[ \t]*(?:[|\t]|\n)")
_SENTENCE_ENDS = re.compile(r"\n|\.\s+[A-ZÄÖÜ]|\.?\s*\Z")
_ITEM = re.compile(rf"(?<=[\s:(])(?P<number>{LITERAL})(?=\s?(?:[,;.)]|\Z|\n|und\s|sowie\s|\())")
_LAST_IN_LINE = re.compile(rf"(?:^|(?<=[\s:|]))(?P<number>{LITERAL})[ \t|]*\Z")
_CELL = re.compile(rf"\s*(?P<number>{LITERAL})\s*\Z")
_SEPARATOR = re.compile(r"\s?\|\s?|\t")
_LONGEST_LIST, _LONGEST_ROW, _MOST_ROWS = 600, 120, 400


def unit_ahead(text: str, anchor: Anchor) -> float | None:
    """The scale that a heading such as "in Mio. Euro:" sets at a currency; None where it is no heading."""
    if text[anchor.end : anchor.end + 1] not in _AFTER_UNIT and not text.startswith(" |", anchor.end):
        return None
    unit = _UNIT.search(text, max(0, anchor.start - 14), anchor.start)
    if unit is None:
        return None
    written = (unit["scale"] or "").lower()
    return 1e3 if written.startswith("1") else SCALES.get(written, 1.0)


def headed(text: str, units: Sequence[tuple[Anchor, float, str]]) -> Iterator[Money]:
    """The sums below or behind each heading: the currency's place in it, its scale and code."""
    for anchor, scale, code in units:
        for start, written in _numbers(text, anchor):
            value = literal(written, scale > 1)
            if value is None or year_like(written):
                continue
            sum_ = round(value * scale, 4)
            amount = Amount(sum_, sum_, code, "exact")
            yield Money(start, start + len(written), amount, _CONFIDENCE, "unit ahead")


def _numbers(text: str, anchor: Anchor) -> Iterator[tuple[int, str]]:
    inline = _INLINE.match(text, anchor.end)
    if inline and "\n" not in inline[0]:
        farthest = min(len(text), inline.end() + _LONGEST_LIST)
        stop = _SENTENCE_ENDS.search(text, inline.end(), farthest)
        end = stop.start() if stop else farthest
        for item in _ITEM.finditer(text, inline.end() - 1, min(len(text), end + 1)):
            yield item.start("number"), item["number"]
        return
    least = max(0, anchor.start - _LONGEST_ROW)
    line = max(least, text.rfind("\n", least, anchor.start) + 1)
    column = len(_SEPARATOR.findall(text, line, anchor.start))
    rows = _TABLE.match(text, anchor.end) or (_COLUMN.match(text, anchor.end) if column else None)
    if rows:
        yield from _rows(text, text.find("\n", anchor.end, anchor.end + _LONGEST_LIST) + 1, column)


def _rows(text: str, start: int, column: int) -> Iterator[tuple[int, str]]:
    """The number of each line: in its column where the lines have columns, otherwise the last."""
    if start == 0:
        return
    start += text.startswith("\n", start)
    for _ in range(_MOST_ROWS):
        end = text.find("\n", start, start + _LONGEST_ROW + 1)
        end = len(text) if end < 0 else end
        cell = _cell(text, start, end, column) if 0 < end - start <= _LONGEST_ROW else None
        if cell is None:
            return
        yield cell
        start = end + 1


def _cell(text: str, start: int, end: int, column: int) -> tuple[int, str] | None:
    if column == 0:
        last = _LAST_IN_LINE.search(text, start, end)
        return (last.start("number"), last["number"]) if last else None
    borders = [start, *(border.end() for border in _SEPARATOR.finditer(text, start, end)), end]
    if column + 1 >= len(borders):
        return None
    stop = next(
        (border.start() for border in _SEPARATOR.finditer(text, borders[column], end)), borders[column + 1]
    )
    cell = _CELL.match(text, borders[column], stop)
    return (cell.start("number"), cell["number"]) if cell else None
