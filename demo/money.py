"""Sums of money in the many ways in which press offices write them."""

from decimal import Decimal
from typing import Literal

from demo.dice import Dice
from demo.release import DemoAmount

Qualifier = Literal["exact", "about", "at_least", "at_most", "range"]
MILLION = 1_000_000
NO_BREAK_SPACE = "\u00a0"
WORDS = {2: "zwei", 3: "drei", 4: "vier", 5: "fünf", 6: "sechs", 8: "acht", 10: "zehn", 12: "zwölf"}
QUALIFIERS: tuple[tuple[str, Qualifier], ...] = (
    ("rund ", "about"),
    ("etwa ", "about"),
    ("mehr als ", "at_least"),
    ("bis zu ", "at_most"),
    ("mindestens ", "at_least"),
)


def grouped(value: int, separator: str = ".") -> str:
    """
    >>> grouped(1234567)
    '1.234.567'
    """
    return f"{value:,}".replace(",", separator)


def decimal_comma(value: Decimal) -> str:
    """
    >>> decimal_comma(Decimal("1.250"))
    '1,25'
    """
    return format(value.normalize(), "f").replace(".", ",")


def rounded(value: int, digits: int) -> int:
    """Keep the first `digits` digits of a number.

    >>> rounded(1287450, 2)
    1300000
    """
    step = int(10 ** max(0, len(str(value)) - digits))
    return (value + step // 2) // step * step


def short(value: int) -> DemoAmount:
    """The plain round form that titles use.

    >>> short(1287450).surface
    '1,3 Millionen Euro'
    """
    value = rounded(value, 2)
    if value >= 1000 * MILLION:
        surface = f"{decimal_comma(Decimal(value) / (1000 * MILLION))} Milliarden Euro"
    elif value == MILLION:
        surface = "1 Million Euro"
    elif value > MILLION:
        surface = f"{decimal_comma(Decimal(value) / MILLION)} Millionen Euro"
    else:
        surface = f"{grouped(value)} Euro"
    return _amount(surface, value)


def exact(value: int) -> DemoAmount:
    return _amount(f"{grouped(value)} Euro", value)


def written(value: int, dice: Dice) -> DemoAmount:
    """One of the forms that suit the size of the value; round forms round the value too."""
    if value >= 1000 * MILLION:
        return _scaled(rounded(value, 3), dice, 1000 * MILLION, ("Milliarden Euro", "Mrd. Euro"))
    if value >= 2 * MILLION or (value > MILLION and dice.chance(60)):
        if value % MILLION == 0 and value // MILLION in WORDS:
            return _amount(f"{WORDS[value // MILLION]} Millionen Euro", value)
        digits = dice.pick((2, 2, 3))
        return _scaled(
            rounded(value, digits), dice, MILLION, ("Millionen Euro", "Millionen Euro", "Mio. Euro", "Mio. €")
        )
    return _plain(value, dice)


def _plain(value: int, dice: Dice) -> DemoAmount:
    form = dice.below(10)
    if form == 0 and value % 1000:
        cents = dice.between(11, 98)
        return _amount(f"{grouped(value)},{cents} Euro", Decimal(value) + Decimal(cents) / 100)
    if form <= 1:
        return _amount(f"{grouped(value, NO_BREAK_SPACE)} Euro", value)
    if form == 2:
        return _amount(f"{grouped(value)} {dice.pick(('€', 'EUR'))}", value)
    if form <= 5:
        return _amount(f"{grouped(value)} Euro", value)
    return _qualified(rounded(value, 2), f"{grouped(rounded(value, 2))} Euro", dice)


def _scaled(value: int, dice: Dice, unit: int, names: tuple[str, ...]) -> DemoAmount:
    surface = f"{decimal_comma(Decimal(value) / unit)} {dice.pick(names)}"
    return _qualified(value, surface, dice) if dice.chance(60) else _amount(surface, value)


def _qualified(value: int, surface: str, dice: Dice) -> DemoAmount:
    word, qualifier = dice.pick(QUALIFIERS)
    return _amount(word + surface, value, qualifier)


def _amount(surface: str, value: int | Decimal, qualifier: Qualifier = "exact") -> DemoAmount:
    return DemoAmount(surface, Decimal(value), Decimal(value), qualifier)
