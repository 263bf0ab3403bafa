"""The five dates of a release, each with what is not certain about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from archive.clock import berlin_day, moment
from serve.archive_rows import Row
from serve.language import N_, gettext
from serve.spoken import at, counted, day

LATE_DAYS = 3  # between the day that a page names and the first look at it
RULES = {
    "correction": N_("von Hand gesetzt"),
    "source": N_("steht sichtbar auf der Seite"),
    "layout": N_("steht sichtbar auf der Seite"),
    "json-ld": N_("steht in den Angaben der Seite für Suchmaschinen"),
    "meta": N_("steht in den Angaben der Seite für Suchmaschinen"),
    "listing": N_("steht in der Liste der Quelle, nicht auf der Seite"),
    "time@datetime": N_("steht sichtbar auf der Seite"),
    "text": N_("aus dem Text der Seite gelesen"),
    "url": N_("aus der Adresse der Seite gelesen"),
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
            gettext("Als aktualisiert ausgewiesen"),
            day(release["updated_on"]) if release["updated_on"] else gettext("nicht ausgewiesen"),
        ),
        Seen(gettext("Zuerst gesehen"), at(release["first_seen_at"]), _late(release)),
        Seen(gettext("Zuletzt gesehen"), at(release["last_seen_at"]), _since(release, presence)),
        _changed(versions),
    ]


def rule_of_day(rule: str | None) -> str:
    """Where a day was read, in words.

    >>> rule_of_day("text:heading"), rule_of_day(None)
    ('aus dem Text der Seite gelesen', '')
    """
    return gettext(RULES.get((rule or "").partition(":")[0], ""))


def _published(release: Row) -> Seen:
    if not release["published_on"]:
        return Seen(
            gettext("Veröffentlicht"), gettext("unbekannt"), gettext("die Seite nennt keinen Tag"), "day"
        )
    if release["published_at"]:
        return Seen(
            gettext("Veröffentlicht"),
            at(release["published_at"]),
            rule_of_day(release["published_rule"]),
            "day",
        )
    said = [rule_of_day(release["published_rule"]), gettext("ohne Uhrzeit")]
    return Seen(gettext("Veröffentlicht"), day(release["published_on"]), "; ".join(filter(None, said)), "day")


def _late(release: Row) -> str:
    if not release["published_on"] or len(release["published_on"]) != 10:
        return ""
    first = berlin_day(moment(release["first_seen_at"]))
    days = (first - date.fromisoformat(release["published_on"])).days
    if days < LATE_DAYS:
        return ""
    later = counted(days, "Tag", "Tage")
    return gettext(
        "%(days)s nach dem genannten Tag; was die Seite vorher zeigte, ist nicht bekannt", days=later
    )


def _since(release: Row, presence: Row | None) -> str:
    if presence is None or presence["last_checked_at"] <= release["last_seen_at"]:
        return gettext("seitdem nicht abgerufen")
    return gettext("zuletzt abgerufen %(at)s, ohne sie zu sehen", at=at(presence["last_checked_at"]))


def _changed(versions: Sequence[Row]) -> Seen:
    if len(versions) < 2:
        return Seen(gettext("Zuletzt geändert"), gettext("keine Änderung beobachtet"))
    new, old = versions[0], versions[1]
    doubt = gettext(
        "irgendwann nach %(at)s, als die Seite noch den früheren Text zeigte", at=at(old["last_seen_at"])
    )
    return Seen(gettext("Zuletzt geändert"), gettext("gesehen %(at)s", at=at(new["first_seen_at"])), doubt)
