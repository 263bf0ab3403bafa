"""Numbers, sums and days in the language that is spoken: German as in all of the archive, others by CLDR."""

from datetime import date, datetime

from babel.dates import format_date, format_skeleton
from babel.numbers import format_currency, format_decimal

from archive import german
from archive.clock import BERLIN, moment
from serve.language import GERMAN, N_, gettext, language, locale, ngettext

SCALES = ((1e9, N_("%(sum)s Mrd.")), (1e6, N_("%(sum)s Mio.")))


def number(value: float) -> str:
    """A number with the separators of the language.

    >>> from serve.language import speaking
    >>> with speaking("en"):
    ...     number(477970), number(2.5)
    ('477,970', '2.5')
    """
    if language() == GERMAN:
        return german.number(value)
    return str(format_decimal(value, format="#,##0.##", locale=locale()))


def money(value: float, currency: str = "EUR") -> str:
    r"""A sum, long ones in millions where nothing is lost.

    >>> from serve.language import speaking
    >>> with speaking("en"):
    ...     money(477970), money(2500000), money(1234567), money(12.5, "CHF")
    ('€477,970', '€2.5 million', '€1,234,567', 'CHF\xa012.50')
    """
    if language() == GERMAN:
        return german.money(value, currency)
    for scale, words in SCALES:
        if value >= scale and (value * 100 / scale).is_integer():
            return gettext(words, sum=_currency(value / scale, currency, ".##"))
    return _currency(value, currency, "" if float(value).is_integer() else ".00")


def amount(low: float | None, high: float | None, currency: str, qualifier: str) -> str:
    """An amount with what the text says of its precision.

    >>> from serve.language import speaking
    >>> with speaking("en"):
    ...     amount(1000, 2000, "EUR", "range"), amount(None, 5000, "EUR", "at_most")
    ('€1,000 to €2,000', 'up to €5,000')
    """
    if qualifier == "range" and low is not None and high is not None:
        return gettext("%(least)s bis %(most)s", least=money(low, currency), most=money(high, currency))
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

    >>> from serve.language import speaking
    >>> with speaking("en"):
    ...     day("2018-03-28"), day("2018-03"), day("Anfang März")
    ('28 March 2018', 'March 2018', 'Anfang März')
    """
    if not iso:
        return gettext("ohne Datum")
    if language() == GERMAN:
        return german.day(iso)
    try:
        if len(iso) == len("2018-03"):
            return str(format_skeleton("yMMMM", date.fromisoformat(f"{iso}-01"), locale=locale()))
        return str(format_date(date.fromisoformat(iso[:10]), "long", locale=locale()))
    except ValueError:  # the words of a page
        return iso


def span(first: str | None, last: str | None) -> str:
    """The days that a date spans.

    >>> from serve.language import speaking
    >>> with speaking("en"):
    ...     span("2018-01-01", "2018-12-31"), span("2018-03-19", "2018-04-02")
    ('2018', '19 March 2018 to 2 April 2018')
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
    """A moment as a clock in Germany showed it.

    >>> from serve.language import speaking
    >>> with speaking("en"):
    ...     at("2018-06-30T22:30:00Z")
    '1 July 2018, 00:30'
    """
    if not stamp:
        return gettext("unbekannt")
    if language() == GERMAN:
        return german.at(stamp)
    return _moment(stamp, "long")


def short(iso: str) -> str:
    """A day for tables.

    >>> from serve.language import speaking
    >>> with speaking("en"):
    ...     short("2018-03-28")
    '28 Mar 2018'
    """
    if language() == GERMAN:
        return german.short(iso)
    try:
        return str(format_date(date.fromisoformat(iso[:10]), "medium", locale=locale()))
    except ValueError:
        return iso


def short_at(stamp: str) -> str:
    """A moment for tables, as a clock in Germany showed it."""
    return german.short_at(stamp) if language() == GERMAN else _moment(stamp, "medium")


def month(number: int) -> str:
    """The name of a month.

    >>> month(3)
    'März'
    """
    return str(locale().months["stand-alone"]["wide"][number])


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


def counted(count: int, one: str, many: str) -> str:
    """A number with its noun, which is a message of its own.

    >>> counted(1, "Treffer", "Treffer"), counted(1200, "Quelle", "Quellen")
    ('1 Treffer', '1.200 Quellen')
    """
    return f"{number(count)} {ngettext(one, many, count)}"


def _moment(stamp: str, length: str) -> str:
    try:
        local: datetime = moment(stamp).astimezone(BERLIN)
    except ValueError:  # the words of a page
        return stamp
    return f"{format_date(local, length, locale=locale())}, {local:%H:%M}"


def _currency(value: float, currency: str, decimals: str) -> str:
    pattern = locale().currency_formats["standard"].pattern.replace(".00", decimals)
    return str(format_currency(value, currency, pattern, locale=locale(), currency_digits=False))
