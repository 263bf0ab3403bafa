"""Calendar days in the forms in which press offices write them."""

from datetime import date

WEEKDAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")
MONTHS = (
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
)


def month(day: date) -> str:
    return MONTHS[day.month - 1]


def weekday(day: date) -> str:
    return WEEKDAYS[day.weekday()]


def spelled(day: date, form: str) -> str:
    """
    >>> spelled(date(2024, 3, 12), "wt")
    'Dienstag, 12. März 2024'
    """
    short = f"{day.day}. {month(day)}"
    forms = {
        "lang": f"{short} {day.year}",
        "kurz": short,
        "num": f"{day:%d.%m.%Y}",
        "knapp": f"{day.day}.{day.month}.",
        "wt": f"{weekday(day)}, {short} {day.year}",
        "wtdem": f"{weekday(day)}, dem {short}",
        "wtkl": f"{weekday(day)} ({short})",
        "tag": weekday(day),
        "monat": f"{month(day)} {day.year}",
        "nurmonat": month(day),
    }
    return forms[form]


def names_a_day(form: str) -> bool:
    """Whether the form alone tells the day, the year aside."""
    return form not in {"tag", "monat", "nurmonat"}
