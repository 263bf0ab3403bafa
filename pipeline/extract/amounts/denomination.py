"""Which currency is meant: the pound or the weight, the Danish or the Czech crown."""

import re
from typing import NamedTuple

from pipeline.extract.amounts.currencies import NATIONS, Anchor
from pipeline.extract.amounts.quantities import quantity_ending
from pipeline.extract.amounts.tokens import Token, lower

_STERLING = re.compile(r"[ \u00a0]Sterling\b")
_COUNTED_NOUN = re.compile(r"[ \u00a0][A-ZÄÖÜ]")
_ENDINGS = ("", "e", "er", "en", "es", "em")
_ADJECTIVES: dict[str, list[tuple[str, str]]] = {}
for (_name, _stem), _code in NATIONS.items():
    for _ending in _ENDINGS:
        _ADJECTIVES.setdefault(_stem + _ending, []).append((_name, _code))
_WEIGHS_BELOW = 1000
_COUNTRIES = {
    "Tschech": "CZK",
    "tschech": "CZK",
    "Prag": "CZK",
    "Schwed": "SEK",
    "schwed": "SEK",
    "Dänemark": "DKK",
    "dänisch": "DKK",
    "Norweg": "NOK",
    "norweg": "NOK",
}
_COUNTRY = re.compile("|".join(_COUNTRIES))
_REACH = 200


class Denomination(NamedTuple):
    code: str | None  # ISO 4217; None when the text does not say
    end: int  # where the currency's name ends
    adjectives: int  # tokens before the name that belong to it


def denomination(text: str, anchor: Anchor, tokens: list[Token], surface: str) -> Denomination:
    """The currency at the anchor, with the words before and after it that decide."""
    sterling = _STERLING.match(text, anchor.end) if surface.startswith("Pfund") else None
    if sterling:
        return Denomination("GBP", sterling.end(), 0)
    nations = _ADJECTIVES.get(lower(tokens, len(tokens) - 1))
    if nations:
        for name, code in nations:
            if surface.startswith(name):
                return Denomination(code, anchor.end, 1)
    if anchor.name.code:
        return Denomination(anchor.name.code, anchor.end, 0)
    if surface.startswith("Pfund"):
        return Denomination("GBP" if _is_money(text, anchor, tokens) else None, anchor.end, 0)
    country = _COUNTRY.search(text, max(0, anchor.start - _REACH), anchor.start)
    return Denomination(_COUNTRIES[country.group()] if country else None, anchor.end, 0)


def _is_money(text: str, anchor: Anchor, tokens: list[Token]) -> bool:
    """Weights are small or followed by what is weighed."""
    if _COUNTED_NOUN.match(text, anchor.end):
        return False
    number = quantity_ending(tokens, len(tokens) - 1)
    return number is not None and number.value >= _WEIGHS_BELOW
