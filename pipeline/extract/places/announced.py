"""Lists of districts under a plural some words before: "nach Kreisen: Gotha 12, Greiz 9, Nordhausen 7"."""

import re

from pipeline.extract.places.heads import FIGURE, Item, after_separator, may_be_city, name_at, read_list
from pipeline.extract.places.names import TOKEN
from pipeline.extract.places.reading import Reading

LEAD = re.compile(
    r"[^.:;!?()\n]{0,60}:\s{1,2}(?:[-–•*] )?"
    r"| (?:sind|waren|bleiben|haben|hatten|erhalten|bekommen|erreichen)(?: [a-zäöü]+){0,2} (?=[A-ZÄÖÜ])"
)
# "Landkreise, darunter Freising und Dachau": districts, whatever else bears the names.
AMONG_THEM = re.compile(
    r"(?:,| [–-]) (?:darunter|etwa|zum Beispiel|allen voran|nämlich|insbesondere|vor allem) (?:auch )?"
    r"(?=[A-ZÄÖÜ])"
)
REACH = 60  # characters before the plural in which "Gemeinden der" would make it a list of towns
OF_TOWNS = re.compile(
    r"(?:[Gg]emeinden?|[Kk]ommunen?|[Ss]tädten?|\b[Ss]tadt|\bOrten?|[Ss]tandorten?)\b(?![^.!?]*[.!?] )"
)
FEWEST = 3


def read_announced(reading: Reading, start: int, end: int) -> None:
    """Reads the list that the plural at text[start:end] announces, if all its members are districts."""
    text = reading.text
    among = AMONG_THEM.match(text, end)
    named = name_at(reading, among.end()) if among else None
    if named and reading.add_district((named[0], named[1]), named[2], "list", 0.85):
        reading.consumed = named[1]
        read_list(reading, named[1], False)
        return
    lead = LEAD.match(text, end)
    if not lead or OF_TOWNS.search(text, max(0, start - REACH), lead.end()):
        return
    items = members(reading, lead.end())
    if len(items) >= FEWEST:
        for first, last, entries in items:
            reading.add_district((first, last), entries, "list", 0.85)
            reading.consumed = last


def members(reading: Reading, position: int) -> list[Item]:
    """The districts named there; none if one of the names may be a town that is no district's seat."""
    text, items = reading.text, []
    while item := name_at(reading, position):
        if may_be_city(reading, item) or reading.masked(item[0], item[1]) or not reading.choose(item[2]):
            return []
        items.append(item)
        figure = FIGURE.match(text, item[1])
        following = after_separator(text, figure.end() if figure else item[1])
        if following is None:
            return items
        position = following
    return [] if TOKEN.match(text, position) else items
