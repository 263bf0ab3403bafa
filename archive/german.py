"""Numbers, days and words of the archive as a German reader expects them."""

from datetime import date

from archive.clock import BERLIN, berlin_day, moment

MONTHS = (
    *("Januar", "Februar", "März", "April", "Mai", "Juni"),
    *("Juli", "August", "September", "Oktober", "November", "Dezember"),
)
LANDS = {
    "DE": "Bund",
    "DE-BB": "Brandenburg",
    "DE-BE": "Berlin",
    "DE-BW": "Baden-Württemberg",
    "DE-BY": "Bayern",
    "DE-HB": "Bremen",
    "DE-HE": "Hessen",
    "DE-HH": "Hamburg",
    "DE-MV": "Mecklenburg-Vorpommern",
    "DE-NI": "Niedersachsen",
    "DE-NW": "Nordrhein-Westfalen",
    "DE-RP": "Rheinland-Pfalz",
    "DE-SH": "Schleswig-Holstein",
    "DE-SL": "Saarland",
    "DE-SN": "Sachsen",
    "DE-ST": "Sachsen-Anhalt",
    "DE-TH": "Thüringen",
}
KINDS = {
    "press_release": "Pressemitteilung",
    "joint_release": "Gemeinsame Mitteilung",
    "media_invitation": "Medieneinladung",
    "date_notice": "Terminhinweis",
    "statement": "Erklärung",
    "speech": "Rede",
    "correction": "Korrektur",
    "news": "Meldung",
}
VERDICTS = {
    "ok": "in Ordnung",
    "unchanged": "unverändert",
    "quiet": "ruhig",
    "overdue": "überfällig",
    "layout_changed": "Aufbau geändert",
    "blocked": "gesperrt",
    "unreachable": "nicht erreichbar",
    "partial": "unvollständig",
    "failed": "gescheitert",
    "postponed": "verschoben",
    "running": "läuft noch",
    "aborted": "abgebrochen",
}
STATUSES = {"planned": "geplant", "promised": "zugesagt", "given": "gegeben"}
SCALES = ((1e9, "Mrd."), (1e6, "Mio."))
CURRENCIES = {"EUR": "€", "DEM": "DM", "USD": "US-$", "GBP": "£", "CHF": "CHF"}


def number(value: float) -> str:
    """A number with German separators.

    >>> number(477970), number(2.5)
    ('477.970', '2,5')
    """
    whole = float(value).is_integer()
    return f"{value:,.{0 if whole else 2}f}".translate(str.maketrans(",.", ".,")).rstrip(
        "0" if not whole else ""
    )


def money(value: float, currency: str = "EUR") -> str:
    """A sum, long ones in millions where nothing is lost.

    >>> money(477970), money(2500000), money(1234567)
    ('477.970 €', '2,5 Mio. €', '1.234.567 €')
    """
    sign = CURRENCIES.get(currency, currency)
    for scale, word in SCALES:
        if value >= scale and (value * 100 / scale).is_integer():
            return f"{number(value / scale)} {word} {sign}"
    return f"{number(value)} {sign}"


def day(iso: str | None) -> str:
    """A day in words; what is no full day stays as it is.

    >>> day("2018-03-28"), day("2018-03"), day(None)
    ('28. März 2018', 'März 2018', 'ohne Datum')
    """
    if not iso:
        return "ohne Datum"
    parts = iso[:10].split("-")
    try:
        if len(parts) == 2:
            return f"{MONTHS[int(parts[1]) - 1]} {parts[0]}"
        on = date.fromisoformat(iso[:10])
    except (ValueError, IndexError):
        return iso
    return f"{on.day}. {MONTHS[on.month - 1]} {on.year}"


def at(stamp: str | None) -> str:
    """A moment as a clock in Germany showed it.

    >>> at("2018-06-30T22:30:00Z")
    '1. Juli 2018, 0:30 Uhr'
    """
    if not stamp:
        return "unbekannt"
    try:
        then = moment(stamp)
    except ValueError:
        return stamp
    local = then.astimezone(BERLIN)
    return f"{day(berlin_day(then).isoformat())}, {local.hour}:{local.minute:02} Uhr"


def short(iso: str) -> str:
    """A day in figures, for tables.

    >>> short("2018-03-28")
    '28.03.2018'
    """
    return f"{iso[8:10]}.{iso[5:7]}.{iso[:4]}"


def short_at(stamp: str) -> str:
    """A moment in figures, as a clock in Germany showed it.

    >>> short_at("2018-06-30T22:30:00Z")
    '01.07.2018, 0:30'
    """
    local = moment(stamp).astimezone(BERLIN)
    return f"{short(local.date().isoformat())}, {local.hour}:{local.minute:02}"


def counted(count: int, one: str, many: str) -> str:
    """A number with its noun.

    >>> counted(1, "Treffer", "Treffer"), counted(1200, "Quelle", "Quellen")
    ('1 Treffer', '1.200 Quellen')
    """
    return f"{number(count)} {one if count == 1 else many}"
