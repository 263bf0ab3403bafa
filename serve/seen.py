"""The five dates of a release, each with what is not certain about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from archive.clock import berlin_day, moment
from archive.german import at, counted, day
from serve.archive_rows import Row

LATE_DAYS = 3  # between the day that a page names and the first look at it
RULES = {
    "correction": "von Hand gesetzt",
    "source": "steht sichtbar auf der Seite",
    "layout": "steht sichtbar auf der Seite",
    "json-ld": "steht in den Angaben der Seite für Suchmaschinen",
    "meta": "steht in den Angaben der Seite für Suchmaschinen",
    "listing": "steht in der Liste der Quelle, nicht auf der Seite",
    "time@datetime": "steht sichtbar auf der Seite",
    "text": "aus dem Text der Seite gelesen",
    "url": "aus der Adresse der Seite gelesen",
}


@dataclass(frozen=True, slots=True)
class Seen:
    """One date: what it is, when, and what is not certain."""

    word: str
    when: str
    doubt: str = ""
    anchor: str = ""


def five(release: Row, versions: Sequence[Row], presence: Row | None) -> list[Seen]:
    """Published, shown as updated, first seen, last seen, last changed; `versions` newest first."""
    return [
        _published(release),
        Seen(
            "Als aktualisiert ausgewiesen",
            day(release["updated_on"]) if release["updated_on"] else "nicht ausgewiesen",
        ),
        Seen("Zuerst gesehen", at(release["first_seen_at"]), _late(release)),
        Seen("Zuletzt gesehen", at(release["last_seen_at"]), _since(release, presence)),
        _changed(versions),
    ]


def rule_of_day(rule: str | None) -> str:
    """Where a day was read, in words.

    >>> rule_of_day("text:heading"), rule_of_day(None)
    ('aus dem Text der Seite gelesen', '')
    """
    return RULES.get((rule or "").partition(":")[0], "")


def _published(release: Row) -> Seen:
    if not release["published_on"]:
        return Seen("Veröffentlicht", "unbekannt", "die Seite nennt keinen Tag", "day")
    if release["published_at"]:
        return Seen(
            "Veröffentlicht", at(release["published_at"]), rule_of_day(release["published_rule"]), "day"
        )
    said = [rule_of_day(release["published_rule"]), "ohne Uhrzeit"]
    return Seen("Veröffentlicht", day(release["published_on"]), "; ".join(filter(None, said)), "day")


def _late(release: Row) -> str:
    if not release["published_on"] or len(release["published_on"]) != 10:
        return ""
    first = berlin_day(moment(release["first_seen_at"]))
    days = (first - date.fromisoformat(release["published_on"])).days
    if days < LATE_DAYS:
        return ""
    later = counted(days, "Tag", "Tage")
    return f"{later} nach dem genannten Tag; was die Seite vorher zeigte, ist nicht bekannt"


def _since(release: Row, presence: Row | None) -> str:
    if presence is None or presence["last_checked_at"] <= release["last_seen_at"]:
        return "seitdem nicht abgerufen"
    return f"zuletzt abgerufen {at(presence['last_checked_at'])}, ohne sie zu sehen"


def _changed(versions: Sequence[Row]) -> Seen:
    if len(versions) < 2:
        return Seen("Zuletzt geändert", "keine Änderung beobachtet")
    new, old = versions[0], versions[1]
    doubt = f"irgendwann nach {at(old['last_seen_at'])}, als die Seite noch den früheren Text zeigte"
    return Seen("Zuletzt geändert", f"gesehen {at(new['first_seen_at'])}", doubt)
