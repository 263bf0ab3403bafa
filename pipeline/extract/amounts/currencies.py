"""Currencies: the names they go by, and whether one of them stands at a place in a text."""

import re
from typing import NamedTuple

import ahocorasick_rs


class Name(NamedTuple):
    """One written form of a currency, or of a part of it."""

    code: str  # ISO 4217; "" when the form alone does not say which
    parts: int  # how many of it make one unit: 100 for the cent
    leads: bool  # may stand before its number: "EUR 500", "€ 5,-"
    inflects: bool  # a word with endings, not a sign or a code


class Anchor(NamedTuple):
    """A currency found in a text."""

    name: Name
    start: int
    end: int


def _name(code: str, parts: int = 1, leads: bool = False, inflects: bool = False) -> Name:
    return Name(code, parts, leads, inflects)


_SIGNS = {"€": "EUR", "€uro": "EUR", "$": "USD", "US$": "USD", "US-$": "USD", "£": "GBP", "¥": "JPY"}
_CODES = (
    "EUR",
    "USD",
    "GBP",
    "CHF",
    "JPY",
    "DKK",
    "SEK",
    "NOK",
    "PLN",
    "CZK",
    "RUB",
    "CNY",
    "HUF",
    "TRY",
    "SFr",
    "DM",
)
_WORDS = {
    "Euro": "EUR",
    "EURO": "EUR",
    "euro": "EUR",
    "Eur": "EUR",
    "Dollar": "USD",
    "US-Dollar": "USD",
    "Hongkong-Dollar": "HKD",
    "Singapur-Dollar": "SGD",
    "Franken": "CHF",
    "Zloty": "PLN",
    "Złoty": "PLN",
    "Sloty": "PLN",
    "Yen": "JPY",
    "Yuan": "CNY",
    "Renminbi": "CNY",
    "Rubel": "RUB",
    "Forint": "HUF",
    "Schilling": "ATS",
    "Hrywnja": "UAH",
    "Griwna": "UAH",
    "Rupie": "INR",
    "Schekel": "ILS",
    "Pfund": "",
    "Krone": "",
    "Lira": "TRY",
}
_PARTS = {
    "Cent": "EUR",
    "CENT": "EUR",
    "Eurocent": "EUR",
    "Euro-Cent": "EUR",
    " ct": "EUR",
    "\u00a0ct": "EUR",
    "US-Cent": "USD",
}

NAMES: dict[str, Name] = (
    {sign: _name(code, leads=True) for sign, code in _SIGNS.items()}
    | {code: _name({"SFr": "CHF", "DM": "DEM"}.get(code, code), leads=True) for code in _CODES}
    | {word: _name(code, leads=code == "EUR", inflects=True) for word, code in _WORDS.items()}
    | {word: _name(code, 100, inflects=True) for word, code in _PARTS.items()}
    | {word: _name("DEM") for word in ("Mark", "MARK", "D-Mark")}  # no endings: "drei Marken" are brands
    | {"Rappen": _name("CHF", 100), "Pfennig": _name("DEM", 100, inflects=True), "Pf": _name("DEM", 100)}
)

# "kanadische Dollar", "5.000 tschechische Kronen": the adjective's stem decides.
NATIONS: dict[tuple[str, str], str] = {
    ("Dollar", "kanadisch"): "CAD",
    ("Dollar", "australisch"): "AUD",
    ("Dollar", "neuseeländisch"): "NZD",
    ("Dollar", "amerikanisch"): "USD",
    ("Krone", "schwedisch"): "SEK",
    ("Krone", "dänisch"): "DKK",
    ("Krone", "norwegisch"): "NOK",
    ("Krone", "tschechisch"): "CZK",
    ("Krone", "isländisch"): "ISK",
    ("Pfund", "britisch"): "GBP",
    ("Pfund", "englisch"): "GBP",
    ("Pfund", "ägyptisch"): "EGP",
    ("Mark", "deutsch"): "DEM",
    ("Mark", "finnisch"): "FIM",
    ("Franken", "schweizer"): "CHF",
    ("Franken", "französisch"): "FRF",
    ("Lira", "türkisch"): "TRY",
    ("Lira", "italienisch"): "ITL",
    ("Yuan", "chinesisch"): "CNY",
    ("Yen", "japanisch"): "JPY",
    ("Rubel", "russisch"): "RUB",
    ("Rubel", "belarussisch"): "BYN",
}

SCALE_WORDS = (
    "Million",
    "MILLION",
    "million",
    "Milliard",
    "MILLIARD",
    "milliard",
    "Mio",
    "MIO",
    "mio",
    "Mrd",
    "MRD",
)
_PATTERNS = (*NAMES, *SCALE_WORDS)
_AUTOMATON = ahocorasick_rs.AhoCorasick(_PATTERNS, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
_FIRST_SCALE = len(NAMES)

_END_OF_WORD = re.compile(r"(?:s|n|en|e)?(?![^\W_])")
_END_OF_CODE = re.compile(r"(?![^\W\d_])")
_GLUED_SCALE = re.compile(r"(?:^|[^A-Za-z])(?:T|k|Mio|Mrd|Tsd|Mill|M)\Z")
# "19 Euro-Länder", "500 Euro-Paletten", "zwei Euro-6-Busse" count things, not money.
_THINGS = re.compile(
    r"-(?:Länder|Staat|Land\b|Zone|Raum|Partner|Mitglied|Gruppe|Gebiet|Finanz|Palette|Norm|[1-7]\b|VI?\b|IV\b)"
    r"| ?(?:[1-7]|VI|V|IV)(?:-| ?(?:Norm|Diesel|Busse|Lkw)\b)"
)
_OTHER_WORD = re.compile(r"-[A-ZÄÖÜ]")


def anchors(text: str) -> tuple[list[Anchor], list[int]]:
    """All currencies of the text, and where words like "Millionen" or "Mrd." begin."""
    money: list[Anchor] = []
    scales: list[int] = []
    for pattern, start, end in _AUTOMATON.find_matches_as_indexes(text):
        if pattern >= _FIRST_SCALE:
            scales.append(start)
            continue
        surface = _PATTERNS[pattern]
        name = NAMES[surface]
        last = _whole(text, name, start, end)
        if last:
            money.append(Anchor(name, start + (surface[0].isspace()), last))
    return money, scales


def counts_things(text: str, anchor: Anchor) -> bool:
    """Whether the currency's name is the first part of a word for something else."""
    if anchor.name.leads and anchor.name.code != "EUR" and _OTHER_WORD.match(text, anchor.end):
        return True  # "drei DM-Titel", "20 SEK-Beamte"
    return _THINGS.match(text, anchor.end) is not None


def _whole(text: str, name: Name, start: int, end: int) -> int:
    """Where the name ends, if text[start:end] is a word of its own; 0 otherwise."""
    if start and text[start - 1].isalpha() and not _GLUED_SCALE.search(text, max(0, start - 5), start):
        return 0
    ending = (_END_OF_WORD if name.inflects else _END_OF_CODE).match(text, end)
    return ending.end() if ending else 0
