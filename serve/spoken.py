"""Numbers, sums, days and the words of codes in the language that is spoken."""

from collections.abc import Callable
from functools import cache, partial
from typing import NamedTuple

from archive import german
from serve.language import GERMAN, LANGUAGES, gettext, language, ngettext


class Formats(NamedTuple):
    """How a language shows numbers and days."""

    number: Callable[[float], str]
    money: Callable[[float, str], str]
    day: Callable[[str], str]
    at: Callable[[str], str]
    short: Callable[[str], str]
    short_at: Callable[[str], str]
    month: Callable[[int], str]


def number(value: float) -> str:
    """A number with the separators of the language.

    >>> number(477970), number(2.5)
    ('477.970', '2,5')
    """
    return _formats(language()).number(value)


def percent(value: float) -> str:
    """A share of a hundred.

    >>> percent(12.5)
    '12,5 %'
    """
    return gettext("%(percent)s %%", percent=number(value))


def money(value: float, currency: str = "EUR") -> str:
    """A sum, long ones in millions where nothing is lost.

    >>> from serve.language import speaking
    >>> with speaking("en"):
    ...     money(477970), money(2500000), money(1234567)
    ('€477,970', '€2.5 million', '€1,234,567')
    """
    return _formats(language()).money(value, currency)


def amount(low: float | None, high: float | None, currency: str, qualifier: str) -> str:
    """An amount with what the text says of its precision.

    >>> amount(1000, 2000, "EUR", "range"), amount(None, 5000, "EUR", "at_most")
    ('1.000 € bis 2.000 €', 'bis zu 5.000 €')
    """
    if qualifier == "range" and low is not None and high is not None:
        return to(money(low, currency), money(high, currency))
    value = high if high is not None else low
    if value is None:
        return ""
    said = money(value, currency)
    if qualifier == "about":
        return gettext("rund %(amount)s", amount=said)
    if qualifier == "at_least":
        return gettext("mindestens %(amount)s", amount=said)
    return gettext("bis zu %(amount)s", amount=said) if qualifier == "at_most" else said


def day(iso: str | None) -> str:
    """A day or month in words; what is neither stays as it is.

    >>> day("2018-03-28"), day("2018-03"), day(None)
    ('28. März 2018', 'März 2018', 'ohne Datum')
    """
    return _formats(language()).day(iso) if iso else gettext("ohne Datum")


def span(first: str | None, last: str | None) -> str:
    """The days that a date spans.

    >>> span("2018-01-01", "2018-12-31"), span("2018-03-01", "2018-03-31"), span("2018-03-19", "2018-03-19")
    ('2018', 'März 2018', '19. März 2018')
    """
    if not first or not last or first == last:
        return day(first or last)
    if (first[4:], last[4:]) == ("-01-01", "-12-31"):
        return first[:4] if first[:4] == last[:4] else to(first[:4], last[:4])
    if first[:7] == last[:7] and first.endswith("-01") and last[8:] >= "28":
        return day(first[:7])
    return to(day(first), day(last))


def to(least: str, most: str) -> str:
    """From one thing to another."""
    return gettext("%(least)s bis %(most)s", least=least, most=most)


def at(stamp: str | None) -> str:
    """A moment as a clock in Germany showed it."""
    return _formats(language()).at(stamp) if stamp else gettext("unbekannt")


def short(iso: str) -> str:
    """A day for tables."""
    return _formats(language()).short(iso)


def short_at(stamp: str) -> str:
    """A moment for tables, as a clock in Germany showed it."""
    return _formats(language()).short_at(stamp)


def month(which: int) -> str:
    """The name of a month, of which January is 1."""
    return _formats(language()).month(which)


def land(code: str) -> str:
    """The name of a Land by its code.

    >>> land("DE-TH"), land("")
    ('Thüringen', '')
    """
    return gettext(german.LANDS.get(code, code))


def kind(code: str) -> str:
    """The kind of a release in words."""
    return gettext(german.KINDS.get(code, code))


def status(code: str) -> str:
    """How far a grant came, in words."""
    return gettext(german.STATUSES.get(code, code))


def verdict(code: str) -> str:
    """How a run ended, in words."""
    return gettext(german.VERDICTS.get(code, code))


def heading(said: str) -> str:
    """A word as it stands by itself: nouns have a capital letter only there, in other languages.

    >>> heading("district"), heading("")
    ('District', '')
    """
    return said[:1].upper() + said[1:]


def counted(count: int, one: str, many: str) -> str:
    """A number with its noun, which is a message of its own.

    >>> counted(1, "Treffer", "Treffer"), counted(1200, "Quelle", "Quellen")
    ('1 Treffer', '1.200 Quellen')
    """
    return f"{number(count)} {ngettext(one, many, count)}"


@cache
def _formats(code: str) -> Formats:
    if code == GERMAN:
        return Formats(
            *(german.number, german.money, german.day, german.at, german.short, german.short_at),
            month=lambda which: german.MONTHS[which - 1],
        )
    from babel.core import Locale  # a machine that only crawls has no Babel, and speaks German

    from serve import cldr

    locale = Locale.parse(LANGUAGES[code].locale)
    return Formats(
        number=partial(cldr.number, locale),
        money=partial(cldr.money, locale),
        day=partial(cldr.day, locale),
        at=partial(cldr.at, locale),
        short=partial(cldr.short, locale),
        short_at=partial(cldr.short_at, locale),
        month=partial(cldr.month, locale),
    )
