"""First days of seasons: "Frühlingsanfang" by the sun, "meteorologischer Sommeranfang" by the month."""

from datetime import date

# Month, and the day with its fraction in German time on which the season began in 2000; days by which its
# year is longer than 365. After Meeus, Astronomical Algorithms, 2nd edition, chapter 27.
_STARTS: dict[str, tuple[int, float, float]] = {
    "frühlings": (3, 20.358, 0.24237),
    "sommer": (6, 21.158, 0.24163),
    "herbst": (9, 22.811, 0.24202),
    "winter": (12, 21.609, 0.24274),
}
_LEAP_DAYS_UNTIL_2000 = 485

BY_SUN: dict[str, str] = {f"{season}anfang": season for season in _STARTS} | {
    f"{adjective}{ending} {season}{noun}": season
    for adjective in ("astronomisch", "kalendarisch")
    for ending in ("e", "en", "er")
    for season in _STARTS
    for noun in ("anfang", "beginn")
}
BY_MONTH: dict[str, str] = {
    f"meteorologische{ending} {season}{noun}": season
    for ending in ("", "n", "r")
    for season in _STARTS
    for noun in ("anfang", "beginn")
}


def season_start(name: str, year: int) -> date:
    """The first day of a season by one of the names above.

    >>> season_start("sommeranfang", 2020), season_start("meteorologischen winteranfang", 2020)
    (datetime.date(2020, 6, 20), datetime.date(2020, 12, 1))
    """
    if name in BY_MONTH:
        return date(year, _STARTS[BY_MONTH[name]][0], 1)
    month, day, over = _STARTS[BY_SUN[name]]
    leap_days = year // 4 - year // 100 + year // 400 - _LEAP_DAYS_UNTIL_2000
    return date(year, month, int(day + over * (year - 2000) - leap_days))
