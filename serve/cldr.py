"""Numbers, sums and days as readers of a language other than German expect them, by Unicode's CLDR."""

from datetime import date

from babel.core import Locale
from babel.dates import format_date, format_skeleton
from babel.numbers import format_currency, format_decimal

from archive.clock import BERLIN, moment
from serve.language import N_, gettext

SCALES = ((1e9, N_("%(sum)s Mrd.")), (1e6, N_("%(sum)s Mio.")))


def number(locale: Locale, value: float) -> str:
    """A number with the separators of the language.

    >>> number(Locale("en"), 477970), number(Locale("en"), 2.5)
    ('477,970', '2.5')
    """
    return str(format_decimal(value, format="#,##0.##", locale=locale))


def money(locale: Locale, value: float, currency: str = "EUR") -> str:
    r"""A sum, long ones in millions where nothing is lost.

    >>> money(Locale("en"), 477970), money(Locale("en"), 1234567), money(Locale("en"), 12.5, "CHF")
    ('€477,970', '€1,234,567', 'CHF\xa012.50')
    """
    for scale, words in SCALES:
        if value >= scale and (value * 100 / scale).is_integer():
            return gettext(words, sum=_currency(locale, value / scale, currency, ".##"))
    return _currency(locale, value, currency, "" if float(value).is_integer() else ".00")


def day(locale: Locale, iso: str) -> str:
    """A day or month in words; what is neither stays as it is.

    >>> day(Locale("en", "GB"), "2018-03-28"), day(Locale("en"), "2018-03"), day(Locale("en"), "Anfang März")
    ('28 March 2018', 'March 2018', 'Anfang März')
    """
    if len(iso) == len("2018-03"):
        on = _date(f"{iso}-01")
        return str(format_skeleton("yMMMM", on, locale=locale)) if on else iso
    return _day(locale, iso, "long")


def short(locale: Locale, iso: str) -> str:
    """A day for tables, with the name of its month: figures alone are read one way here and another there."""
    return _day(locale, iso, "medium")


def at(locale: Locale, stamp: str) -> str:
    """A moment as a clock in Germany showed it.

    >>> at(Locale("en", "GB"), "2018-06-30T22:30:00Z")
    '1 July 2018, 00:30'
    """
    return _moment(locale, stamp, "long")


def short_at(locale: Locale, stamp: str) -> str:
    """A moment for tables, as a clock in Germany showed it."""
    return _moment(locale, stamp, "medium")


def month(locale: Locale, which: int) -> str:
    """The name of a month, of which January is 1."""
    return str(locale.months["stand-alone"]["wide"][which])


def _date(iso: str) -> date | None:
    try:
        return date.fromisoformat(iso[:10])
    except ValueError:  # the words of a page
        return None


def _day(locale: Locale, iso: str, length: str) -> str:
    on = _date(iso)
    return str(format_date(on, length, locale=locale)) if on else iso


def _moment(locale: Locale, stamp: str, length: str) -> str:
    try:
        local = moment(stamp).astimezone(BERLIN)
    except ValueError:  # the words of a page
        return stamp
    return f"{format_date(local, length, locale=locale)}, {local:%H:%M}"


def _currency(locale: Locale, value: float, currency: str, decimals: str) -> str:
    pattern = locale.currency_formats["standard"].pattern.replace(".00", decimals)
    said = format_currency(value, currency, pattern, locale=locale, currency_digits=False)
    return said.replace(currency, f"{currency}\u00a0")  # a code, where the currency has no sign
