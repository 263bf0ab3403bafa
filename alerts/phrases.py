"""The words of messages, in the languages in which one can subscribe. Texts of releases stay as they are."""

from collections.abc import Mapping

from archive.clock import BERLIN, berlin_day, moment
from archive.german import VERDICTS, at, day

GERMAN, ENGLISH = "de", "en"
PHRASES: dict[str, dict[str, str]] = {
    GERMAN: {
        "subject": "{search}: {counts}",
        "new": "Neu",
        "changed": "Geändert",
        "removed": "Nicht mehr auf dem Portal",
        "new_one": "1 neu",
        "new_many": "{n} neu",
        "changed_one": "1 geändert",
        "changed_many": "{n} geändert",
        "removed_one": "1 entfernt",
        "removed_many": "{n} entfernt",
        "search": "Ihre Suche: {search}",
        "all": "Alle Treffer: {url}",
        "in_attachment": "Im Anhang „{title}“, Seite {page}:",
        "before": "vorher",
        "after": "jetzt",
        "title_of": "Titel",
        "more_changes": "… und {n} weitere Stellen",
        "no_longer": "Das Gesuchte steht nicht mehr in der Mitteilung. Zuvor hieß es:",
        "gone_since": "Zuletzt gesehen am {seen}, seit {missing} nicht mehr zu finden ({checks} Abrufe).",
        "back": "Inzwischen ist sie wieder da.",
        "last_text": "Zuletzt stand dort:",
        "compare": "Fassungen vergleichen",
        "read": "Lesen",
        "broken": "Nicht vollständig: Diese Quellen Ihrer Suche sind gestört, hier kann etwas fehlen.",
        "broken_one": "{title}: {verdict} seit {since}",
        "why": "Sie bekommen diese Mail, weil Sie die Suche beobachten.",
        "settings": "Ändern",
        "leave": "Abbestellen",
        "fault_subject": "{search}: Diese Suche lässt sich nicht mehr ausführen",
        "fault": "Ein Teil Ihrer Suche sagt dem Archiv nichts mehr: {fault}. Solange das so ist, finden wir "
        "dazu nichts oder zu viel. Bitte die Suche neu stellen und neu beobachten; diese Nachricht kommt nur "
        "einmal.",
        "invite_subject": "Bitte bestätigen: Suche beobachten",
        "invite": "Jemand möchte, dass wir Nachrichten zu dieser Suche an Ihre Adresse senden. Waren Sie "
        "das, dann bestätigen Sie es bitte innerhalb von zwei Tagen:",
        "not_you": "Waren Sie es nicht, brauchen Sie nichts zu tun: Ohne Bestätigung kommt keine weitere "
        "Nachricht, und die Adresse wird gelöscht.",
        "confirm": "Bestätigen",
        "test_subject": "Probe: {search}",
        "test": "Dies ist eine Probe mit den neuesten Treffern. Es ist nichts geschehen.",
        "undated": "ohne Datum",
        "list": "Beobachtete Suche",
    },
    ENGLISH: {
        "subject": "{search}: {counts}",
        "new": "New",
        "changed": "Changed",
        "removed": "No longer on the portal",
        "new_one": "1 new",
        "new_many": "{n} new",
        "changed_one": "1 changed",
        "changed_many": "{n} changed",
        "removed_one": "1 removed",
        "removed_many": "{n} removed",
        "search": "Your search: {search}",
        "all": "All hits: {url}",
        "in_attachment": "In the attachment “{title}”, page {page}:",
        "before": "before",
        "after": "now",
        "title_of": "Title",
        "more_changes": "… and {n} more passages",
        "no_longer": "What you look for is no longer in the release. Before, it said:",
        "gone_since": "Last seen on {seen}, not to be found since {missing} ({checks} checks).",
        "back": "It has come back since.",
        "last_text": "It last read:",
        "compare": "Compare the versions",
        "read": "Read",
        "broken": "Not complete: these sources of your search are out of order, something may be missing.",
        "broken_one": "{title}: {verdict} since {since}",
        "why": "You get this mail because you watch the search.",
        "settings": "Change",
        "leave": "Unsubscribe",
        "fault_subject": "{search}: this search can no longer be run",
        "fault": "Part of your search means nothing to the archive any more: {fault}. As long as that is so, "
        "we find nothing for it, or too much. Please search anew and watch that; this message comes only "
        "once.",
        "invite_subject": "Please confirm: watch a search",
        "invite": "Somebody wants us to send messages about this search to your address. If that was you, "
        "please confirm it within two days:",
        "not_you": "If it was not you, there is nothing to do: without confirmation no further message "
        "comes, and the address is deleted.",
        "confirm": "Confirm",
        "test_subject": "Test: {search}",
        "test": "This is a test with the newest hits. Nothing has happened.",
        "undated": "no date",
        "list": "Watched search",
    },
}
NOT_RUN = {GERMAN: "nicht mehr abgerufen", ENGLISH: "no longer checked"}
ENGLISH_VERDICTS = {
    "overdue": "overdue",
    "layout_changed": "layout changed",
    "blocked": "blocked",
    "unreachable": "unreachable",
    "partial": "incomplete",
    "failed": "failed",
    "aborted": "aborted",
}


def phrases(language: str) -> Mapping[str, str]:
    """The phrases of a language; German where it is not known."""
    return PHRASES.get(language, PHRASES[GERMAN])


def verdict(code: str, language: str) -> str:
    """The verdict of a source in words."""
    if code == "not_run":
        return NOT_RUN.get(language, NOT_RUN[GERMAN])
    return (ENGLISH_VERDICTS if language == ENGLISH else VERDICTS).get(code, code)


def day_of(iso: str | None, language: str) -> str:
    """A day in words."""
    if not iso:
        return phrases(language)["undated"]
    if language != ENGLISH or len(iso) < 10:
        return day(iso)
    months = "January February March April May June July August September October November December"
    return f"{int(iso[8:10])} {months.split()[int(iso[5:7]) - 1]} {iso[:4]}"


def moment_of(stamp: str, language: str) -> str:
    """A moment in words, as clocks in Germany showed it."""
    if language != ENGLISH:
        return at(stamp)
    then = moment(stamp)
    return f"{day_of(berlin_day(then).isoformat(), ENGLISH)}, {then.astimezone(BERLIN):%H:%M}"
