"""Districts after a head word: "Landkreis Gotha", "Kreise Coesfeld und Borken", "Stadt und Landkreis Hof"."""

import re

from archive import territory
from pipeline.extract.mentions import Span
from pipeline.extract.places.names import TOKEN, Entry, tail_at
from pipeline.extract.places.reading import Reading, previous_word
from pipeline.extract.places.words import (
    FORMER_HEADS,
    FORMERLY,
    HEADS,
    PLURAL_HEADS,
    SEATED_HEADS,
    UPPER_HEADS,
)

Item = tuple[int, int, list[Entry]]  # a name's span and meanings

AFTER_HEAD = re.compile(
    r"\.?:?[ \u00a0\n]?[ \u00a0]?(?:von |des |der |wie |„|\()?(?:Landkreis(?:es)? |Kreis(?:es)? )?"
)
BETWEEN = re.compile(
    r"(?: ?\((?=[^()\n]*\d)[^()\n]{1,50}\))?"
    r",?\s?(?:,|/|;|und|sowie|oder|bzw\.|beziehungsweise|wie auch|als auch|&|–)\s?"
    r"(?:(?:auch|und|sowie) )?(?:(?:der|dem|den|die|das|des|im) )?"
)
FIGURE = re.compile(
    r"(?:: | – | - |\t+|[ \u00a0])?\(?\d[\d.,]*(?<!,)(?:[ \u00a0](?:Mio|Mill|Mrd|Tsd)\w*\.?)?"
    r"(?:[ \u00a0](?:Euro|EUR|€|DM|Prozent|%))?\)?"
)
# "in den Kreisen A und B, 19 in C"
COUNTED = re.compile(r"(?:,| und|, und| sowie) (?:je )?\d[\d.]* i[nm] ")
CITY_BEFORE = re.compile(
    r"\b(Stadt)-? ?(?:und|wie|sowie|/)(?: auch)? ?(?:(?:dem|der|den|des|im|vom|beim) )?$"
)
CITY_AFTER = re.compile(r" ?(?:und|sowie|/) ?(?:(?:der|die|den|dem) )?(?:kreisfreien? )?(Stadt) ")


def read_head(reading: Reading, start: int, end: int, token: str) -> None:
    """Reads the district or districts that the head word at text[start:end] announces."""
    text = reading.text
    head = UPPER_HEADS.get(token, token)
    former = head in FORMER_HEADS or previous_word(text, start) in FORMERLY
    after = AFTER_HEAD.match(text, end)
    first = name_at(reading, after.end() if after else end)
    if not first:
        if head not in PLURAL_HEADS:
            read_twin_head(reading, start, end)
        return
    name_start, name_end, entries = first
    if former:
        add_former(reading, (start, name_end), entries)
    else:
        nearly = head not in SEATED_HEADS
        known = reading.add_district((start, name_end), entries, "name", nearly=nearly)
        if known:
            add_city_twin(reading, start, text[name_start:name_end])
        elif head in SEATED_HEADS:  # "Landratsamt Schleiz" is named after its seat: the town is read later
            return
    reading.consumed = name_end
    if head in PLURAL_HEADS:
        read_list(reading, name_end, former)


def read_councillor(reading: Reading, start: int, token: str) -> None:
    """ "der Landrat von Nordwestmecklenburg", "die Landräte von Gotha und Sömmerda" """
    end = start + len(token)
    item = name_at(reading, end + len(" von ")) if reading.text.startswith((" von ", " aus "), end) else None
    if not item or reading.masked(item[0], item[1]):
        return
    if reading.add_district((item[0], item[1]), item[2], "office", 0.9):
        reading.consumed = item[1]
        if token.startswith(("Landrät", "Landräte")) and not token.startswith("Landrätin"):
            read_list(reading, item[1], False)


def read_list(reading: Reading, position: int, former: bool) -> None:
    """The further names, each perhaps with a figure: "Kreise Coesfeld 12, Borken 9 und Steinfurt 7"."""
    text = reading.text
    while True:
        counted = COUNTED.match(text, position)
        figure = counted or FIGURE.match(text, position)
        following = counted.end() if counted else after_separator(text, figure.end() if figure else position)
        item = None if following is None else name_at(reading, following)
        if not item or reading.masked(item[0], item[1]) or (figure and may_be_city(reading, item)):
            return
        start, end, entries = item
        if former:
            add_former(reading, (start, end), entries)
        elif not reading.add_district((start, end), entries, "list", 0.9, nearly=True):
            return
        position = reading.consumed = end


def after_separator(text: str, position: int) -> int | None:
    """Where the next member of a list begins, if one follows."""
    between = BETWEEN.match(text, position)
    return between.end() if between else None


def may_be_city(reading: Reading, item: Item) -> bool:
    """Whether a kreisfreie Stadt has the same name."""
    namesakes = reading.names.towns.entries.get(reading.text[item[0] : item[1]], ())
    return any(entry.is_district and entry.in_force(reading.day) for entry in namesakes)


def read_twin_head(reading: Reading, start: int, end: int) -> None:
    """ "Landkreis und Stadt Hof": the name stands after the second head."""
    second = CITY_AFTER.match(reading.text, end)
    if second and (item := name_at(reading, second.end())) and reading.choose(item[2]):
        reading.add_district((start, end), item[2], "list", 0.9)


def add_city_twin(reading: Reading, start: int, name: str) -> None:
    """ "Stadt und Landkreis Hof": the city of the same name, found before the head."""
    window = reading.text[max(0, start - 28) : start]
    before = CITY_BEFORE.search(window)
    cities = [entry for entry in reading.names.towns.entries.get(name, ()) if entry.is_district]
    if before and cities:
        at = start - len(window) + before.start(1)
        reading.add_district((at, at + len("Stadt")), cities, "list", 0.9)


def add_former(reading: Reading, span: Span, entries: list[Entry]) -> None:
    """An Altlandkreis counts as the district that has taken it in."""
    known = territory.districts_by_key()
    heirs = {known[entry.ags].successors[0] for entry in entries if known[entry.ags].successors}
    if not heirs:
        reading.add_district(span, entries, "name")
        return
    if len(heirs) > 1:
        reading.refuse("district", *span, "former district without one successor")
        return
    heir = known[heirs.pop()]
    entry = entries[0]._replace(
        ags=heir.ags, name=heir.name, valid_from=heir.valid_from, valid_to=heir.valid_to
    )
    reading.add_district(span, [entry], "former", 0.7)


def name_at(reading: Reading, start: int) -> Item | None:
    """A district's name as it stands after a head, with its span and meanings."""
    text = reading.text
    token = TOKEN.match(text, start)
    if not token or token.group() in HEADS:
        return None
    word = token.group()
    form = reading.names.headed.form_at(text, start, word)
    if not form and word.isupper() and len(word) > 2:
        return name_in_capitals(reading, start, word)
    if not form:
        return None
    entries = reading.names.headed.entries[form]
    end, fitting = tail_at(text, start + len(form), entries)
    return start, end, fitting or list(entries)


def name_in_capitals(reading: Reading, start: int, word: str) -> Item | None:
    entries = reading.names.headed.entries.get("-".join(part.capitalize() for part in word.split("-")))
    return (start, start + len(word), list(entries)) if entries else None
