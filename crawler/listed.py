"""The day that a listing or feed gives for an entry: ISO, German or RFC 822, as far as it is plain."""

import re
from datetime import date
from email.utils import parsedate_to_datetime

from archive.clock import berlin_day

MONTHS = "januar februar märz april mai juni juli august september oktober november dezember".split()
ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
GERMAN = re.compile(r"(?<!\d)(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?!\d)")
SPELT = re.compile(r"(?<!\d)(\d{1,2})\.\s*([A-Za-zä]{3,9})\.?\s+(\d{4})(?!\d)")
RFC822 = re.compile(r"(?:\w{3},\s*)?\d{1,2}\s+[A-Z][a-z]{2}\s+\d{4}\s+\d{2}:\d{2}.*")


def listed_on(text: str) -> str | None:
    """The first day in a text as YYYY-MM-DD; None where there is none.

    >>> listed_on("Erfurt, 1. März 2024"), listed_on("28.03.2018 - TMASGFF"), listed_on("2024-13-01")
    ('2024-03-01', '2018-03-28', None)
    >>> listed_on("Fri, 30 Jun 2017 23:30:00 +0000")
    '2017-07-01'
    """
    if found := ISO.search(text):
        return _day(found[1], found[2], found[3])
    if found := GERMAN.search(text):
        return _day(found[3], found[2], found[1])
    if (found := SPELT.search(text)) and (month := _month(found[2])):
        return _day(found[3], str(month), found[1])
    if found := RFC822.search(text):
        return _rfc822(found[0])
    return None


def _day(year: str, month: str, day: str) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None  # 31.02. and the like stand on real pages


def _month(word: str) -> int | None:
    start = word.lower().replace("mrz", "mär")[:3]
    return next((n for n, name in enumerate(MONTHS, 1) if name.startswith(start)), None)


def _rfc822(text: str) -> str | None:
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return (berlin_day(moment) if moment.tzinfo else moment.date()).isoformat()
