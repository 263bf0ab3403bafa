"""Words that somebody is quoted with, and who that is as far as the sentence says so."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.extract.mentions import Mention, Minister, PersonInOffice

LEAST_WORDS = 4  # what is shorter is a name or an ironic word, not a statement
MOST_SIGNS = 2_000  # a mark that is never closed ends nothing
REACH = 160  # characters around a quotation in which its speaker stands
QUOTED = re.compile(
    rf"„([^„“”]{{1,{MOST_SIGNS}}})[“”]|»([^»«]{{1,{MOST_SIGNS}}})«|«([^»«]{{1,{MOST_SIGNS}}})»"
    rf"|(?<!\w)\"([^\"\n]{{1,{MOST_SIGNS}}})\"(?!\w)|“([^„“”]{{1,{MOST_SIGNS}}})”"
)
SAYS = re.compile(
    r"\b(?:sagt|erklär|beton|unterstr[ei]|hob|hebt|äußer|meint|teilt|kommentier|bekräftig|würdig|lobt|dankt|kritisier"
    r"|forder|warn|bilanzier|fasst|freut|so\b|laut\b|ergänz|appellier|begrüß|führt|verwies|weist|stell|zeig|versicher)\w*",
    re.IGNORECASE,
)
NAMED = re.compile(
    r"(?:Minister(?:in|präsident(?:in)?)?|\w+minister(?:in)?|Staatssekretär(?:in)?|Senator(?:in)?|Landr[aä]t(?:in)?"
    r"|(?:Ober)?[Bb]ürgermeister(?:in)?|Präsident(?:in)?|Geschäftsführer(?:in)?|Prof\.|Dr\.|Frau|Herr)\s+"
    r"(?:Prof\.\s*)?(?:Dr\.\s*)?((?:[A-ZÄÖÜ][\w’-]+\s?){1,3})"
)


class Quote(NamedTuple):
    """What stands between the marks, where it stands, and who said it."""

    start: int
    end: int
    words: str
    speaker: str | None


def quotes(text: str, mentions: Sequence[Mention]) -> Iterator[Quote]:
    """The quotations of a text. A second part after "…", sagte X. "…" has the speaker of the first."""
    people = [(m.start, m.end, name) for m in mentions if (name := _name(m))]
    last: tuple[int, str] | None = None
    for found in QUOTED.finditer(text):
        group = next(i for i in range(1, 6) if found[i] is not None)
        words = " ".join(found[group].split()).rstrip(" ,")
        if len(words.split()) < LEAST_WORDS:
            continue
        speaker = _speaker(text, found.start(), found.end(), people)
        if speaker is None and last and found.start() - last[0] < REACH:
            speaker = last[1]
        last = (found.end(), speaker) if speaker else last
        yield Quote(*found.span(group), words, speaker)


def _speaker(text: str, start: int, end: int, people: Sequence[tuple[int, int, str]]) -> str | None:
    """Who stands behind the quotation with a word of saying, or before it with a colon."""
    after = _until_mark(text[end : end + REACH])
    if SAYS.search(after):
        for first, _, name in people:
            if end <= first < end + len(after):
                return name
        if named := NAMED.search(after):
            return named[1].strip().split()[-1]
    before = text[max(0, start - REACH) : start]
    before = before[before.rfind("\n") + 1 :]
    if before.rstrip().endswith(":"):
        inside = [name for _, last, name in people if start - len(before) <= last <= start]
        if inside:
            return inside[-1]
        if named := list(NAMED.finditer(before)):  # type: ignore[assignment]
            return named[-1][1].strip().split()[-1]
    return None


def _until_mark(text: str) -> str:
    """As far as the next quotation or the end of the paragraph."""
    return re.split(r"[„»\"\n]", text, maxsplit=1)[0]


def _name(mention: Mention) -> str | None:
    match mention.value:
        case Minister(name=str(name)) | PersonInOffice(name=str(name)):
            return name.split()[-1]
        case Minister():
            return mention.surface.split()[-1]
    return None
