"""Why a run ended as it did, in words."""

import re

from serve.language import N_
from serve.spoken import day, number
from serve.worded import Forms

CAUSES = (  # as the crawler words them; what is not among them stays as it is
    (r"no rows on a listing of (\d+) bytes", N_("Auf der Übersicht ({0} Bytes) steht keine lesbare Zeile.")),
    (r"the listing is empty", N_("Die Übersicht ist leer.")),
    (
        r"(\d+) rows on the first page, expected (\d+)",
        N_("Auf der ersten Seite stehen {0} Zeilen, erwartet: {1}."),
    ),
    (r"(\d+) of (\d+) pages could not be fetched", N_("{0} von {1} Seiten ließen sich nicht abrufen.")),
    (
        r"no rows, but (\d+) links to known releases on the list",
        N_("Auf der Übersicht steht keine lesbare Zeile, aber {0} Verweise auf bekannte Mitteilungen."),
    ),
    (
        r"the list says that it is empty, (\d+) rows are usual",
        N_("Die Übersicht meldet, sie sei leer; üblich sind {0} Zeilen."),
    ),
    (
        r"the list is empty: (\d+) bytes without rows, (\d+) are usual",
        N_("Die Übersicht ist leer: {0} Bytes ohne Zeilen, üblich sind {1} Bytes."),
    ),
    (
        r"the list redirects to (\S+) and shows no rows there",
        N_("Die Übersicht leitet auf {0} um; dort steht keine Zeile."),
    ),
    (
        r"the list redirects to (\S+): (\d+) rows, (\d+) are usual",
        N_("Die Übersicht leitet auf {0} um; dort stehen {1} Zeilen, üblich sind {2}."),
    ),
    (
        r"(\d+) rows on the first page, (\d+) are usual",
        N_("Auf der ersten Seite stehen {0} Zeilen, üblich sind {1}."),
    ),
    (
        r"(\d+) rows on the first page, (\d+) are usual; (\d+) links to known releases are none",
        N_(
            "Auf der ersten Seite stehen {0} Zeilen, üblich sind {1}; "
            "{2} Verweise auf bekannte Mitteilungen sind keine."
        ),
    ),
    (
        r"(\d+) rows on the first page of (\S+), (\d+) are usual",
        N_("Auf der ersten Seite von {1} stehen {0} Zeilen, üblich sind {2}."),
    ),
    (
        r"(\d+) rows on the first page of (\S+), (\d+) are usual; (\d+) links to known releases are none",
        N_(
            "Auf der ersten Seite von {1} stehen {0} Zeilen, üblich sind {2}; "
            "{3} Verweise auf bekannte Mitteilungen sind keine."
        ),
    ),
    (
        r"relaunch: (\d+) titles of known releases stand on a list without rows",
        N_(
            "Neuer Auftritt: Auf der Übersicht steht keine lesbare Zeile, aber {0} Titel bekannter "
            "Mitteilungen."
        ),
    ),
    (
        r"relaunch: (\d+) of (\d+) rows are known releases at new addresses",
        N_("Neuer Auftritt: {0} von {1} Zeilen sind bekannte Mitteilungen unter neuer Adresse."),
    ),
    (
        r"relaunch: nothing known is listed, and (\d+) of (\d+) known releases left their address",
        N_(
            "Neuer Auftritt: Auf der Übersicht steht nichts Bekanntes, und {0} von {1} bekannten "
            "Mitteilungen sind nicht mehr unter ihrer Adresse."
        ),
    ),
    (
        r"relaunch: no row is known, and (\d+) known releases of the same days are none",
        N_(
            "Neuer Auftritt: Keine Zeile der Übersicht ist bekannt, und {0} bekannte Mitteilungen aus "
            "derselben Zeit stehen nicht darauf."
        ),
    ),
    (
        r"(\d+) of (\d+) days on the list are still to come",
        N_("{0} von {1} Tagen auf der Übersicht liegen in der Zukunft."),
    ),
    (
        r"(\d+) of (\d+) known rows have another title or day than before",
        N_("{0} von {1} bekannten Zeilen tragen einen anderen Titel oder Tag als zuvor."),
    ),
    (
        r"(\d+) of (\d+) rows show a day, (\d+) of (\d+) did before",
        N_("{0} von {1} Zeilen zeigen einen Tag, zuvor waren es {2} von {3}."),
    ),
    (
        r"nothing new in (\d+) working days since (\S+); "
        r"with (\d+) releasing days a year this comes once in (\d+) years",
        N_(
            "Seit dem {1} ({0} Arbeitstage) nichts Neues; bei {2} Tagen mit Mitteilungen im Jahr "
            "kommt das einmal in {3} Jahren vor."
        ),
    ),
    (
        r"nothing new in (\d+) working days since (\S+), overdue from (\S+)",
        N_("Seit dem {1} ({0} Arbeitstage) nichts Neues; überfällig ab {2}."),
    ),
    (
        r"nothing new in (\d+) working days since (\S+), (\d+) are allowed",
        N_("Seit dem {1} ({0} Arbeitstage) nichts Neues; {2} sind zugestanden."),
    ),
    (r"nothing new in (\d+) working days since (\S+)", N_("Seit dem {1} ({0} Arbeitstage) nichts Neues.")),
    (
        r"(\S+) is to be visited from (\S+) to (\S+) UTC only; .*",
        N_("robots.txt von {0} erlaubt Besuche nur von {1} bis {2} Uhr (UTC)."),
    ),
    (
        r"The text of (\S+) is another than the one that correction (\S+) is about\.",
        N_("Der Text von {0} ist ein anderer als der, zu dem die Entscheidung {1} gehört."),
    ),
    (r"the process ended without a verdict", N_("Der Prozess endete ohne Ergebnis.")),
    (
        r"(\d+) open issues? about damaged evidence",
        N_("{0} offene Befunde über fehlende oder beschädigte Belege."),
    ),
    (
        r"(\d+) pages? reserves? text and data mining and stayed unread(?:; its terms: (.*))?",
        N_("{0} Seiten behalten Text und Data Mining vor und wurden nicht gelesen."),
    ),
    (
        r"(\S+) reserves text and data mining(?:; its terms: (.*))?",
        N_("{0} behält Text und Data Mining vor."),
    ),
    (r"the process was killed", N_("Der Lauf wurde von außen beendet.")),
    (r"the run was stopped", N_("Der Lauf wurde angehalten.")),
    (r"limited to (\d+) pages", N_("Der Lauf war auf {0} Seiten begrenzt.")),
    (r"(\S+) answers (\d+)", N_("{0} antwortet mit Status {1}.")),
    (r'(\S+) shows a block page \("(.*)"\)', N_("{0} zeigt eine Sperrseite („{1}“).")),
    (r"(\S+) asks to be left alone for (\d+) seconds", N_("{0} bittet um {1} Sekunden Ruhe.")),
    (r"robots\.txt of (\S+) does not allow (\S+)", N_("robots.txt von {0} erlaubt den Abruf von {1} nicht.")),
    (r"(\S+) did not answer in time", N_("{0} hat nicht rechtzeitig geantwortet.")),
    (r"the name (\S+) does not resolve", N_("Den Rechner {0} gibt es unter diesem Namen nicht.")),
    (r"(\S+) refuses connections", N_("{0} nimmt keine Verbindung an.")),
    (
        r"the certificate or encryption of (\S+) is not accepted \((.*)\)",
        N_("Das Zertifikat oder die Verschlüsselung von {0} ist nicht in Ordnung ({1})."),
    ),
    (r"(\S+) could not be fetched \((.*)\)", N_("{0} ließ sich nicht abrufen ({1}).")),
    (
        r"(\S+) failed again and again and is left alone until the next run",
        N_("{0} ist mehrfach gescheitert."),
    ),
    (
        r"(\S+) was redirected (\d+) times and led nowhere",
        N_("{0} leitet {1}-mal weiter und führt nirgendwohin."),
    ),
    (r"(\S+) was cut off after (\d+) bytes \((.*)\)", N_("{0} brach nach {1} Bytes ab ({2}).")),
    (
        r"No date of publication was found on the page\.",
        N_("Auf der Seite steht kein Tag der Veröffentlichung."),
    ),
    (
        r"The page answered with status (\d+), but is no release \((.*)\)\.",
        N_("Die Seite antwortet mit Status {0}, ist aber keine Mitteilung ({1})."),
    ),
    (
        r"a run was killed while it wrote; the torn bytes lie in (.*)",
        N_("Ein Lauf wurde beim Schreiben beendet; der angefangene Rest liegt in {0}."),
    ),
    (
        r"(.*) is missing or shorter than it was; a new file is begun",
        N_("{0} fehlt oder ist kürzer als zuvor; eine neue Datei ist begonnen."),
    ),
    (
        r"bytes (\d+) to (\d+) of (.*) cannot be read; what stands behind them is adopted",
        N_("Die Bytes {0} bis {1} von {2} sind nicht lesbar; was dahinter steht, ist übernommen."),
    ),
    (r"(\S+) is no list of releases: (.*)", N_("{0} ist keine Übersicht von Mitteilungen ({1}).")),
)
_FORMS = Forms(CAUSES)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def cause(reason: str | None) -> str:
    """The reason of a verdict in words, where the crawler worded it; else as it is.

    >>> cause("3 rows on the first page, expected 10")
    'Auf der ersten Seite stehen 3 Zeilen, erwartet: 10.'
    """
    said = _FORMS.say(reason or "", _said)
    if said is None:
        return reason or ""
    return said.replace("(1 Arbeitstage)", "(1 Arbeitstag)").replace("1 working days", "1 working day")


def _said(value: str) -> str:
    if _DAY.fullmatch(value):
        return day(value)
    return number(int(value)) if value.isdigit() else value
