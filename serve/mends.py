"""What a verdict or an open issue is called, and what to do about it."""

from serve.language import N_, gettext
from serve.spoken import verdict

MENDS = {
    "overdue": N_("Ansehen, ob das Portal an den Startseiten der Quelle noch veröffentlicht."),
    "layout_changed": N_(
        "`pressearchiv sources check KEY` zeigt, welche Angaben der Quelle nicht mehr passen."
    ),
    "blocked": N_("Einen Tag warten. Bleibt es dabei: die Pressestelle um Zugang bitten."),
    "unreachable": N_(
        "Das Portal im Browser öffnen. Ist es umgezogen: neue Adresse in die Quelle eintragen."
    ),
    "partial": N_("Meist nichts: Der nächste Lauf macht dort weiter. Sofort: `pressearchiv crawl KEY`."),
    "failed": N_(
        "`pressearchiv crawl KEY` noch einmal. Scheitert es wieder: `pressearchiv sources check KEY`."
    ),
    "postponed": N_("Abrufe in die Stunden legen, die robots.txt des Portals erlaubt."),
    "running": N_("Warten, bis der Lauf endet."),
    "aborted": N_("`pressearchiv crawl KEY` macht dort weiter, wo der Lauf aufhörte."),
    "damaged": N_("Die WARC-Dateien aus der Sicherung holen, dann `pressearchiv verify`."),
    "never": N_("`pressearchiv crawl KEY`"),
}
_LAYOUT = N_("`pressearchiv sources check KEY`, dann die Quelle ergänzen und `pressearchiv build --rebuild`.")
_NOTHING = N_("Nichts, solange es nicht wiederkommt; der nächste Lauf versucht es wieder.")
_BACKUP = N_("Die Datei aus der Sicherung holen, dann `pressearchiv verify`.")
_BROWSER = N_("Die Seite im Browser öffnen; was kam, ist festgehalten.")
ISSUES = {  # what an open issue is, and what to do
    "base": (
        N_("falsche Basisadresse auf der Übersicht"),
        N_("Nichts; die Verweise werden ohne sie gelesen."),
    ),
    "block_page": (N_("Sperrseite an Stelle einer Mitteilung"), _NOTHING),
    "broken_off": (N_("abgebrochene Antworten"), _BROWSER),
    "certificate": (
        N_("Zertifikat nicht anerkannt"),
        N_("Das Portal im Browser öffnen; meist behebt es der Betreiber."),
    ),
    "clock": (
        N_("Uhr ging zurück"),
        N_("Die Uhr des Rechners stellen. Die Abrufe tragen den Zeitpunkt des letzten davor."),
    ),
    "closed": (
        N_("außerhalb der Besuchszeiten"),
        N_("Die Abrufe in die Stunden legen, die robots.txt erlaubt."),
    ),
    "correction_reopened": (
        N_("Entscheidung zu einem Text, der sich geändert hat"),
        N_(
            "Den neuen Text ansehen, die Entscheidung mit `pressearchiv correct` zurücknehmen und neu "
            "treffen."
        ),
    ),
    "error": (N_("Fehler des Programms"), N_("Mit dem Protokoll des Laufs melden.")),
    "error_page": (N_("Fehlerseiten an Stelle von Mitteilungen"), _LAYOUT),
    "given_up": (N_("nach vielen Versuchen aufgegeben"), _NOTHING),
    "list": (
        N_("Übersicht nicht lesbar"),
        N_("Die Startseiten der Quelle prüfen: `pressearchiv sources check KEY`."),
    ),
    "lists_disagree": (
        N_("Übersichten einer Quelle widersprechen sich"),
        N_("Beide im Browser öffnen: Eine zeigt seit Wochen nicht mehr, was die andere zeigt."),
    ),
    "lost_evidence": (N_("Belege fehlen oder sind beschädigt"), _BACKUP),
    "no_date": (N_("Mitteilungen ohne Datum"), _LAYOUT),
    "no_text": (N_("Mitteilungen ohne Text"), _LAYOUT),
    "not_run": (
        N_("lange nicht abgerufen"),
        N_("Laufen die Zeitpläne? `pressearchiv crawl KEY` sagt, ob ein Lauf beginnen kann."),
    ),
    "redirect_loop": (N_("Weiterleitung im Kreis"), _NOTHING),
    "reserved": (
        N_("Text und Data Mining vorbehalten"),
        N_("Die Pressestelle fragen, oder in [rights] der Quelle begründen, warum es erlaubt ist."),
    ),
    "robots": (
        N_("robots.txt erlaubt den Abruf nicht"),
        N_("Die Pressestelle fragen, oder eine andere Übersicht eintragen."),
    ),
    "tdmrep": (N_("Erklärung zum Data Mining nicht lesbar"), N_("Die Datei des Portals ansehen.")),
    "template_debris": (N_("Reste einer Vorlage an Stelle von Mitteilungen"), _LAYOUT),
    "timeout": (N_("Antwort nicht rechtzeitig"), _NOTHING),
    "too_large": (N_("zu große Antworten"), _BROWSER),
    "torn_record": (
        N_("beim Schreiben unterbrochen"),
        N_("Nichts: Was archiviert war, ist da. Der Rest kann gelöscht werden."),
    ),
    "unknown_source": (
        N_("Quelle ohne Quelldatei"),
        N_("Die Quelldatei wieder ablegen oder ihren Ordner mit --sources nennen."),
    ),
    "unreadable": (N_("Belege nicht lesbar"), _BACKUP),
}


def mend(matter: str, key: str) -> str:
    """What to do about a verdict or an issue; empty where there is nothing to do."""
    _, to_do = ISSUES.get(matter, ("", MENDS.get(matter, "")))
    return gettext(to_do).replace("KEY", key)


def name(matter: str) -> str:
    """A verdict, or the kind of an issue, in German."""
    if matter == "never":
        return gettext("noch nie abgerufen")
    return gettext(ISSUES[matter][0]) if matter in ISSUES else verdict(matter)
