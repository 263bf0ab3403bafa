"""The facts that a text states, each with its place: what two versions are compared by."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from pipeline.compare.normal import is_of_page, normal, visible
from pipeline.compare.quotes import quotes
from pipeline.extract.mentions import (
    Amount,
    Context,
    Date,
    District,
    Mention,
    Minister,
    Municipality,
    PersonInOffice,
    overlaps,
)
from pipeline.extract.numerals import quantity
from pipeline.extract.release import extract
from pipeline.read import GAP

KINDS = ("title", "amount", "date", "minister", "person", "district", "municipality", "quote", "number")
NUMBER = re.compile(
    r"(?<![\w.,/:§-])(\d{1,3}(?:[. \u00a0]\d{3})+(?:,\d+)?|\d+(?:,\d+)?)(?![\d/:]|\.\d|-\d)"
    r"\s?(%|[^\W\d_][\w-]*)?"
)
WORD = re.compile(r"\b[a-zäöüß]{3,40}\b")
SAID = " | "  # between the speaker of a quotation and its words
NO_COUNT = frozenset("uhr straße ff abs artikel absatz".split())


class Fact(NamedTuple):
    """`value` is what is compared; `text[start:end] == surface` for title, GAP and text as one."""

    kind: str
    value: str
    surface: str
    start: int
    end: int


@lru_cache(maxsize=64)  # the versions of one release are compared one after the other
def facts(title: str, text: str, context: Context) -> tuple[Fact, ...]:
    """The facts of a version in the order in which they stand; those in lines of the page left out."""
    whole = title + GAP + text
    mentions = extract(whole, context)
    found = [Fact("title", normal(title, ""), title, 0, len(title))]
    found += [Fact(kind, value, m.surface, m.start, m.end) for m in mentions for kind, value in _values(m)]
    said = list(quotes(whole, mentions))
    found += [
        Fact("quote", _quoted(q.words, q.speaker), whole[q.start : q.end], q.start, q.end) for q in said
    ]
    found += _numbers(whole, [(m.start, m.end) for m in mentions if m.kind in ("amount", "date")])
    beside = list(page_lines(whole))
    kept = (fact for fact in found if not overlaps(fact.start, fact.end, beside))
    return tuple(sorted(kept, key=lambda fact: (fact.start, fact.end, fact.kind, fact.value)))


def _values(mention: Mention) -> Iterator[tuple[str, str]]:
    match mention.value:
        case Amount() as a:
            yield "amount", _amount(a)
        case Date() as d:
            yield "date", d.timex
        case Minister() as m:
            yield "minister", m.person_id or " ".join(m.candidates) or m.name or mention.surface
        case PersonInOffice(name=str(name)):
            yield "person", name
        case District() as d:
            yield "district", d.ags or " ".join(d.candidates) or d.name
        case Municipality() as m:
            yield "municipality", m.ags or " ".join(m.candidates) or m.name


def _amount(amount: Amount) -> str:
    low, high = (None if value is None else f"{value:.2f}".removesuffix(".00") for value in amount[:2])
    if low == high:
        return f"{low} {amount.currency}"
    return f"{low or ''}..{high or ''} {amount.currency}"


def _quoted(words: str, speaker: str | None) -> str:
    said = normal("", words).rstrip(" .,")
    return f"{speaker}{SAID}{said}" if speaker else said


def _numbers(text: str, taken: Sequence[tuple[int, int]]) -> Iterable[Fact]:
    """Counts and shares in figures and in words; a year, a clock time or a paragraph of a law is none."""
    for found in NUMBER.finditer(text):
        figures, unit = found[1], found[2] or ""
        value = re.sub(r"[. \u00a0]", "", figures).replace(",", ".")
        if overlaps(*found.span(1), taken) or unit.lower() in NO_COUNT:
            continue
        share = " %" if unit == "%" or unit.lower().startswith("prozent") else ""
        yield Fact("number", value + share, figures, *found.span(1))
    for found in WORD.finditer(text):
        count = quantity(found[0])
        if count is not None and count >= 2 and not overlaps(*found.span(), taken):
            yield Fact("number", f"{count:g}", found[0], *found.span())


def page_lines(text: str) -> Iterator[tuple[int, int]]:
    """Where lines stand that belong to the page and not to the release."""
    at = 0
    for line in text.split("\n"):
        if line and is_of_page(visible(line)):
            yield at, at + len(line)
        at += len(line) + 1
