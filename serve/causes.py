"""Why a run ended as it did, what an open issue is, and what to do about both, in German."""

import re

from archive.german import VERDICTS, day, number

MENDS = {
    "overdue": "Ansehen, ob das Portal an den Startseiten der Quelle noch veröffentlicht.",
    "layout_changed": "`pressearchiv sources check KEY` zeigt, welche Angaben der Quelle nicht mehr passen.",
    "blocked": "Einen Tag warten. Bleibt es dabei: die Pressestelle um Zugang bitten.",
    "unreachable": "Das Portal im Browser öffnen. Ist es umgezogen: neue Adresse in die Quelle eintragen.",
    "partial": "Meist nichts: Der nächste Lauf macht dort weiter. Sofort: `pressearchiv crawl KEY`.",
    "failed": "`pressearchiv crawl KEY` noch einmal. Scheitert es wieder: `pressearchiv sources check KEY`.",
    "postponed": "Abrufe in die Stunden legen, die robots.txt des Portals erlaubt.",
    "running": "Warten, bis der Lauf endet.",
    "aborted": "`pressearchiv crawl KEY` macht dort weiter, wo der Lauf aufhörte.",
    "damaged": "Die WARC-Dateien aus der Sicherung holen, dann `pressearchiv verify`.",
    "never": "`pressearchiv crawl KEY`",
}
_LAYOUT = "`pressearchiv sources check KEY`, dann die Quelle ergänzen und `pressearchiv build --rebuild`."
_NOTHING = "Nichts, solange es nicht wiederkommt; der nächste Lauf versucht es wieder."
_BACKUP = "Die Datei aus der Sicherung holen, dann `pressearchiv verify`."
_BROWSER = "Die Seite im Browser öffnen; was kam, ist festgehalten."
ISSUES = {  # what an open issue is, and what to do
    "base": ("falsche Basisadresse auf der Übersicht", "Nichts; die Verweise werden ohne sie gelesen."),
    "block_page": ("Sperrseite an Stelle einer Mitteilung", _NOTHING),
    "broken_off": ("abgebrochene Antworten", _BROWSER),
    "certificate": (
        "Zertifikat nicht anerkannt",
        "Das Portal im Browser öffnen; meist behebt es der Betreiber.",
    ),
    "clock": (
        "Uhr ging zurück",
        "Die Uhr des Rechners stellen. Die Abrufe tragen den Zeitpunkt des letzten davor.",
    ),
    "closed": ("außerhalb der Besuchszeiten", "Die Abrufe in die Stunden legen, die robots.txt erlaubt."),
    "correction_reopened": (
        "Entscheidung zu einem Text, der sich geändert hat",
        "Den neuen Text ansehen, die Entscheidung mit `pressearchiv correct` zurücknehmen und neu treffen.",
    ),
    "error": ("Fehler des Programms", "Mit dem Protokoll des Laufs melden."),
    "error_page": ("Fehlerseiten an Stelle von Mitteilungen", _LAYOUT),
    "given_up": ("nach vielen Versuchen aufgegeben", _NOTHING),
    "list": (
        "Übersicht nicht lesbar",
        "Die Startseiten der Quelle prüfen: `pressearchiv sources check KEY`.",
    ),
    "lists_disagree": (
        "Übersichten einer Quelle widersprechen sich",
        "Beide im Browser öffnen: Eine zeigt seit Wochen nicht mehr, was die andere zeigt.",
    ),
    "lost_evidence": ("Belege fehlen oder sind beschädigt", _BACKUP),
    "no_date": ("Mitteilungen ohne Datum", _LAYOUT),
    "no_text": ("Mitteilungen ohne Text", _LAYOUT),
    "not_run": (
        "lange nicht abgerufen",
        "Laufen die Zeitpläne? `pressearchiv crawl KEY` sagt, ob ein Lauf beginnen kann.",
    ),
    "redirect_loop": ("Weiterleitung im Kreis", _NOTHING),
    "reserved": (
        "Text und Data Mining vorbehalten",
        "Die Pressestelle fragen, oder in [rights] der Quelle begründen, warum es erlaubt ist.",
    ),
    "robots": (
        "robots.txt erlaubt den Abruf nicht",
        "Die Pressestelle fragen, oder eine andere Übersicht eintragen.",
    ),
    "tdmrep": ("Erklärung zum Data Mining nicht lesbar", "Die Datei des Portals ansehen."),
    "template_debris": ("Reste einer Vorlage an Stelle von Mitteilungen", _LAYOUT),
    "timeout": ("Antwort nicht rechtzeitig", _NOTHING),
    "too_large": ("zu große Antworten", _BROWSER),
    "torn_record": (
        "beim Schreiben unterbrochen",
        "Nichts: Was archiviert war, ist da. Der Rest kann gelöscht werden.",
    ),
    "unknown_source": (
        "Quelle ohne Quelldatei",
        "Die Quelldatei wieder ablegen oder ihren Ordner mit --sources nennen.",
    ),
    "unreadable": ("Belege nicht lesbar", _BACKUP),
}
CAUSES = (  # as the crawler words them; what is not among them stays as it is
    (r"no rows on a listing of (\d+) bytes", "Auf der Übersicht ({0} Bytes) steht keine lesbare Zeile."),
    (r"the listing is empty", "Die Übersicht ist leer."),
    (
        r"(\d+) rows on the first page, expected (\d+)",
        "Auf der ersten Seite stehen {0} Zeilen, erwartet: {1}.",
    ),
    (r"(\d+) of (\d+) pages could not be fetched", "{0} von {1} Seiten ließen sich nicht abrufen."),
    (
        r"no rows, but (\d+) links to known releases on the list",
        "Auf der Übersicht steht keine lesbare Zeile, aber {0} Verweise auf bekannte Mitteilungen.",
    ),
    (
        r"the list says that it is empty, (\d+) rows are usual",
        "Die Übersicht meldet, sie sei leer; üblich sind {0} Zeilen.",
    ),
    (
        r"the list is empty: (\d+) bytes without rows, (\d+) are usual",
        "Die Übersicht ist leer: {0} Bytes ohne Zeilen, üblich sind {1} Bytes.",
    ),
    (
        r"the list redirects to (\S+) and shows no rows there",
        "Die Übersicht leitet auf {0} um; dort steht keine Zeile.",
    ),
    (
        r"the list redirects to (\S+): (\d+) rows, (\d+) are usual",
        "Die Übersicht leitet auf {0} um; dort stehen {1} Zeilen, üblich sind {2}.",
    ),
    (
        r"(\d+) rows on the first page, (\d+) are usual",
        "Auf der ersten Seite stehen {0} Zeilen, üblich sind {1}.",
    ),
    (
        r"(\d+) rows on the first page, (\d+) are usual; (\d+) links to known releases are none",
        "Auf der ersten Seite stehen {0} Zeilen, üblich sind {1}; "
        "{2} Verweise auf bekannte Mitteilungen sind keine.",
    ),
    (
        r"(\d+) rows on the first page of (\S+), (\d+) are usual",
        "Auf der ersten Seite von {1} stehen {0} Zeilen, üblich sind {2}.",
    ),
    (
        r"(\d+) rows on the first page of (\S+), (\d+) are usual; (\d+) links to known releases are none",
        "Auf der ersten Seite von {1} stehen {0} Zeilen, üblich sind {2}; "
        "{3} Verweise auf bekannte Mitteilungen sind keine.",
    ),
    (
        r"relaunch: (\d+) titles of known releases stand on a list without rows",
        "Neuer Auftritt: Auf der Übersicht steht keine lesbare Zeile, aber {0} Titel bekannter Mitteilungen.",
    ),
    (
        r"relaunch: (\d+) of (\d+) rows are known releases at new addresses",
        "Neuer Auftritt: {0} von {1} Zeilen sind bekannte Mitteilungen unter neuer Adresse.",
    ),
    (
        r"relaunch: nothing known is listed, and (\d+) of (\d+) known releases left their address",
        "Neuer Auftritt: Auf der Übersicht steht nichts Bekanntes, und {0} von {1} bekannten Mitteilungen "
        "sind nicht mehr unter ihrer Adresse.",
    ),
    (
        r"relaunch: no row is known, and (\d+) known releases of the same days are none",
        "Neuer Auftritt: Keine Zeile der Übersicht ist bekannt, und {0} bekannte Mitteilungen aus derselben "
        "Zeit stehen nicht darauf.",
    ),
    (
        r"(\d+) of (\d+) days on the list are still to come",
        "{0} von {1} Tagen auf der Übersicht liegen in der Zukunft.",
    ),
    (
        r"(\d+) of (\d+) known rows have another title or day than before",
        "{0} von {1} bekannten Zeilen tragen einen anderen Titel oder Tag als zuvor.",
    ),
    (
        r"(\d+) of (\d+) rows show a day, (\d+) of (\d+) did before",
        "{0} von {1} Zeilen zeigen einen Tag, zuvor waren es {2} von {3}.",
    ),
    (
        r"nothing new in (\d+) working days since (\S+); "
        r"with (\d+) releasing days a year this comes once in (\d+) years",
        "Seit dem {1} ({0} Arbeitstage) nichts Neues; bei {2} Tagen mit Mitteilungen im Jahr "
        "kommt das einmal in {3} Jahren vor.",
    ),
    (
        r"nothing new in (\d+) working days since (\S+), overdue from (\S+)",
        "Seit dem {1} ({0} Arbeitstage) nichts Neues; überfällig ab {2}.",
    ),
    (
        r"nothing new in (\d+) working days since (\S+), (\d+) are allowed",
        "Seit dem {1} ({0} Arbeitstage) nichts Neues; {2} sind zugestanden.",
    ),
    (r"nothing new in (\d+) working days since (\S+)", "Seit dem {1} ({0} Arbeitstage) nichts Neues."),
    (
        r"(\S+) is to be visited from (\S+) to (\S+) UTC only; .*",
        "robots.txt von {0} erlaubt Besuche nur von {1} bis {2} Uhr (UTC).",
    ),
    (
        r"The text of (\S+) is another than the one that correction (\S+) is about\.",
        "Der Text von {0} ist ein anderer als der, zu dem die Entscheidung {1} gehört.",
    ),
    (r"the process ended without a verdict", "Der Prozess endete ohne Ergebnis."),
    (
        r"(\d+) open issues? about damaged evidence",
        "{0} offene Befunde über fehlende oder beschädigte Belege.",
    ),
    (
        r"(\d+) pages? reserves? text and data mining and stayed unread(?:; its terms: (.*))?",
        "{0} Seiten behalten Text und Data Mining vor und wurden nicht gelesen.",
    ),
    (r"(\S+) reserves text and data mining(?:; its terms: (.*))?", "{0} behält Text und Data Mining vor."),
    (r"the process was killed", "Der Lauf wurde von außen beendet."),
    (r"the run was stopped", "Der Lauf wurde angehalten."),
    (r"limited to (\d+) pages", "Der Lauf war auf {0} Seiten begrenzt."),
    (r"(\S+) answers (\d+)", "{0} antwortet mit Status {1}."),
    (r'(\S+) shows a block page \("(.*)"\)', "{0} zeigt eine Sperrseite („{1}“)."),
    (r"(\S+) asks to be left alone for (\d+) seconds", "{0} bittet um {1} Sekunden Ruhe."),
    (r"robots\.txt of (\S+) does not allow (\S+)", "robots.txt von {0} erlaubt den Abruf von {1} nicht."),
    (r"(\S+) did not answer in time", "{0} hat nicht rechtzeitig geantwortet."),
    (r"the name (\S+) does not resolve", "Den Rechner {0} gibt es unter diesem Namen nicht."),
    (r"(\S+) refuses connections", "{0} nimmt keine Verbindung an."),
    (
        r"the certificate or encryption of (\S+) is not accepted \((.*)\)",
        "Das Zertifikat oder die Verschlüsselung von {0} ist nicht in Ordnung ({1}).",
    ),
    (r"(\S+) could not be fetched \((.*)\)", "{0} ließ sich nicht abrufen ({1})."),
    (r"(\S+) failed again and again and is left alone until the next run", "{0} ist mehrfach gescheitert."),
    (
        r"(\S+) was redirected (\d+) times and led nowhere",
        "{0} leitet {1}-mal weiter und führt nirgendwohin.",
    ),
    (r"(\S+) was cut off after (\d+) bytes \((.*)\)", "{0} brach nach {1} Bytes ab ({2})."),
    (r"No date of publication was found on the page\.", "Auf der Seite steht kein Tag der Veröffentlichung."),
    (
        r"The page answered with status (\d+), but is no release \((.*)\)\.",
        "Die Seite antwortet mit Status {0}, ist aber keine Mitteilung ({1}).",
    ),
    (
        r"a run was killed while it wrote; the torn bytes lie in (.*)",
        "Ein Lauf wurde beim Schreiben beendet; der angefangene Rest liegt in {0}.",
    ),
    (
        r"(.*) is missing or shorter than it was; a new file is begun",
        "{0} fehlt oder ist kürzer als zuvor; eine neue Datei ist begonnen.",
    ),
    (
        r"bytes (\d+) to (\d+) of (.*) cannot be read; what stands behind them is adopted",
        "Die Bytes {0} bis {1} von {2} sind nicht lesbar; was dahinter steht, ist übernommen.",
    ),
    (r"(\S+) is no list of releases: (.*)", "{0} ist keine Übersicht von Mitteilungen ({1})."),
)
_CAUSES = tuple((re.compile(pattern), german) for pattern, german in CAUSES)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def cause(reason: str | None) -> str:
    """The reason of a verdict in German, where the crawler worded it; else as it is.

    >>> cause("3 rows on the first page, expected 10")
    'Auf der ersten Seite stehen 3 Zeilen, erwartet: 10.'
    """
    for pattern, german in _CAUSES:
        if match := pattern.fullmatch(reason or ""):
            return german.format(*map(_said, match.groups())).replace("(1 Arbeitstage)", "(1 Arbeitstag)")
    return reason or ""


def mend(matter: str, key: str) -> str:
    """What to do about a verdict or an issue; empty where there is nothing to do."""
    _, to_do = ISSUES.get(matter, ("", MENDS.get(matter, "")))
    return to_do.replace("KEY", key)


def name(matter: str) -> str:
    """A verdict, or the kind of an issue, in German."""
    said, _ = ISSUES.get(matter, (VERDICTS.get(matter, matter), ""))
    return "noch nie abgerufen" if matter == "never" else said


def _said(value: str) -> str:
    if _DAY.fullmatch(value):
        return day(value)
    return number(int(value)) if value.isdigit() else value
