"""Fields of a query, kreis:Gotha or betrag:>1000000, as conditions on `releases`.

Names are compared in the archive by `name_key`, a function that `search_terms.register` makes known.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from archive.filters import FILTERS, day, euros
from archive.german import KINDS, LANDS
from archive.lemmas import fold

_WORD = re.compile(r"[^\W_]+")
_RANGE = re.compile(r"(?P<low>.+?)\s*(?:\.\.|–|-)\s*(?P<high>.+)")
_NAMED = "instr(name_key({column}), :{name})"
_MENTIONED = """releases.id IN (SELECT release_id FROM {mentions} WHERE {key} IN (
    SELECT {id} FROM {table} WHERE instr(name_key(name), :{{name}})))"""
DISTRICT_NAMED = "({} OR {})".format(
    _MENTIONED.format(mentions="district_mentions", key="district_ags", id="ags", table="districts"),
    _MENTIONED.format(mentions="municipality_mentions", key="district_ags", id="ags", table="districts"),
)
TOWN_NAMED = _MENTIONED.format(
    mentions="municipality_mentions", key="municipality_ags", id="ags", table="municipalities"
)
# A town that is no part of a district is one itself.
PLACE_NAMED = f"""({TOWN_NAMED} OR releases.id IN (SELECT release_id FROM district_mentions
    WHERE district_ags IN (SELECT ags FROM districts WHERE name_key(name) = :{{name}})))"""
PERSON_NAMED = _MENTIONED.format(mentions="minister_mentions", key="minister_id", id="id", table="ministers")
PUBLISHER_NAMED = """releases.publisher_id IN (
    SELECT id FROM publishers WHERE instr(name_key(name), :{name})
    UNION SELECT publisher_id FROM publisher_names
    WHERE instr(name_key(name || ' ' || coalesce(short_name, '')), :{name}))"""
# The offices there are, one step of the index each: a search through all mentions would take a second.
_OFFICES = """WITH RECURSIVE found (office) AS (
    SELECT min(office) FROM {table} UNION ALL
    SELECT (SELECT min(office) FROM {table} WHERE office > found.office) FROM found
    WHERE found.office IS NOT NULL) SELECT office FROM found WHERE instr(name_key(office), :{{name}})"""
OFFICE_NAMED = f"""releases.id IN (
    SELECT release_id FROM minister_mentions WHERE office IN ({_OFFICES.format(table="minister_mentions")})
    UNION SELECT release_id FROM person_mentions
    WHERE office IN ({_OFFICES.format(table="person_mentions")}))"""
SUM = """EXISTS (SELECT 1 FROM amounts WHERE release_id = releases.id AND +currency = 'EUR'
    AND coalesce(value_{side}, value_min, value_max) {sign} CAST(:{{name}} AS REAL))"""
SUM_BETWEEN = """EXISTS (SELECT 1 FROM amounts WHERE release_id = releases.id AND +currency = 'EUR'
    AND coalesce(value_max, value_min) >= CAST(:{name} AS REAL)
    AND coalesce(value_min, value_max) <= CAST(:{name}_high AS REAL))"""
_SIGN = re.compile(r"(>=|<=|≥|≤|>|<|=)?\s*(.+)")
_SIGNS = {"≥": ">=", "≤": "<=", "": "="}
_FLAGS = {
    "geaendert": "geaendert",
    "aenderung": "geaendert",
    "aenderungen": "geaendert",
    "verschwunden": "verschwunden",
    "weg": "verschwunden",
    "anhang": "anhang",
    "anhaenge": "anhang",
    "foerderung": "foerderung",
    "foerderungen": "foerderung",
    **dict.fromkeys(("betrag", "betraege", "summe"), "betrag"),
}

Condition = tuple[str, dict[str, object]]


class Sums(NamedTuple):
    """Sums in plain digits, between two (..) or beside one (>, >=, =, <=, <)."""

    sign: str
    low: str
    high: str


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a query and what was typed behind its colon."""

    name: str  # a key of FIELDS
    value: str
    excluded: bool = False

    def condition(self, name: str) -> Condition | None:
        """The condition, with values whose names begin with `name`; None where the value says nothing."""
        return FIELDS[self.name](self.value, name)


@lru_cache(maxsize=20_000)
def name_key(name: str | None) -> str:
    """A name as names are compared: its words in plain letters, a blank before and behind each.

    >>> name_key("Landkreis Mansfeld-Südharz")
    ' landkreis mansfeld suedharz '
    """
    return f" {' '.join(map(fold, _WORD.findall(name or '')))} "


def _name(sql: str, key: str = "", *, beginning: bool = False) -> Callable[[str, str], Condition | None]:
    """Where a name holds these words; `key` is the filter for a value that is an official key."""

    def condition(value: str, name: str) -> Condition | None:
        if key and value.isascii() and value.isdigit():
            return FILTERS[key].replace(f":{key}", f":{name}"), {name: value}
        wanted = name_key(value)
        if not wanted.strip():
            return None
        return sql.format(name=name), {name: wanted.rstrip() if beginning else wanted}

    return condition


def sums(value: str) -> Sums | None:
    """The sums that a value stands for: >1000000, 2 Mio-3 Mio. None where it says none."""
    between = _RANGE.fullmatch(value)
    if between and (low := euros(between["low"])) and (high := euros(between["high"])):
        return Sums("..", low, high)
    found = _SIGN.fullmatch(value)
    if not found or not (number := euros(found[2])):
        return None
    return Sums(_SIGNS.get(found[1] or "", found[1]), number, number)


def _sum(value: str, name: str) -> Condition | None:
    asked_for = sums(value)
    if asked_for is None:
        return None
    sign, low, high = asked_for
    if sign == "..":
        return SUM_BETWEEN.format(name=name), {name: low, f"{name}_high": high}
    return SUM.format(side="max" if ">" in sign else "min", sign=sign).format(name=name), {name: low}


def _day(sign: str) -> Callable[[str, str], Condition | None]:
    def condition(value: str, name: str) -> Condition | None:
        on = day(value, last=sign == "<=")
        return (f"releases.published_on {sign} :{name}", {name: on}) if on else None

    return condition


def _from(value: str, name: str) -> Condition | None:
    """von:2018 is a day, von:Umweltministerium who speaks."""
    return _day(">=")(value, name) or _name(PUBLISHER_NAMED)(value, name)


def years(value: str) -> tuple[str, str] | None:
    """The first and the last day of 2018 or 2018-2020; None where the value is neither."""
    between = _RANGE.fullmatch(value)
    low, high = (between["low"], between["high"]) if between else (value, value)
    first, last = day(low), day(high, last=True)
    return (first, last) if first and last else None


def _year(value: str, name: str) -> Condition | None:
    between = years(value)
    if between is None:
        return None
    first, last = between
    return f"releases.published_on BETWEEN :{name} AND :{name}_last", {name: first, f"{name}_last": last}


def codes(value: str, labels: dict[str, str]) -> list[str]:
    """The codes whose label or code somebody typed."""
    wanted = name_key(value).strip()
    found = [c for c in labels if wanted in (fold(c), fold(c.removeprefix("DE-")))]
    return found or [c for c, label in labels.items() if wanted and wanted in name_key(label)]


def _label(column: str, labels: dict[str, str]) -> Callable[[str, str], Condition | None]:
    def condition(value: str, name: str) -> Condition | None:
        found = codes(value, labels)
        if not found:
            return None
        values: dict[str, object] = {f"{name}_{n}": code for n, code in enumerate(found)}
        return f"releases.{column} IN ({', '.join(f':{key}' for key in values)})", values

    return condition


def flag(value: str) -> str | None:
    """What hat:anhang or ist:weg asks for: a filter, or "betrag"; None where the value says nothing."""
    return _FLAGS.get(fold(value))


def _flag(value: str, name: str) -> Condition | None:
    found = flag(value)
    if found == "betrag":
        return "releases.amount_max IS NOT NULL", {}
    return (FILTERS[found], {}) if found else None


def _source(value: str, name: str) -> Condition | None:
    return f"releases.source_key = :{name}", {name: value.lower()}


FIELDS: dict[str, Callable[[str, str], Condition | None]] = {
    **dict.fromkeys(("kreis", "landkreis"), _name(DISTRICT_NAMED, "kreis")),
    **dict.fromkeys(("gemeinde", "ort", "stadt"), _name(PLACE_NAMED, "gemeinde")),
    **dict.fromkeys(("minister", "ministerin", "person"), _name(PERSON_NAMED)),
    "amt": _name(OFFICE_NAMED, beginning=True),
    **dict.fromkeys(("herausgeber", "ministerium"), _name(PUBLISHER_NAMED)),
    "quelle": _source,
    "land": _label("jurisdiction", LANDS),
    "art": _label("kind", KINDS),
    "betrag": _sum,
    "jahr": _year,
    "von": _from,
    **dict.fromkeys(("seit", "ab"), _day(">=")),
    "bis": _day("<="),
    **dict.fromkeys(("hat", "ist"), _flag),
}
