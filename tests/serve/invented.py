"""What the served archive of the tests is about: a dozen invented releases, some of them hostile."""

ATTACK = '<script>alert("x")</script>'
RTL = "\u202eegnirts\u202c"
GONE = "th-arbeit-000000000000"  # was taken out
HOSTILE = "th-arbeit-attack"
OUTSIDE = "https://outside.example.net"
ATTACK_PAGE = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{ATTACK}</title>
<base href="{OUTSIDE}/"><link rel="preconnect" href="{OUTSIDE}"><LINK rel=stylesheet href="{OUTSIDE}/a.css">
<meta http-equiv="refresh" content="0; url={OUTSIDE}/moved"><script src="{OUTSIDE}/a.js"></script>
<style>body {{ background: url({OUTSIDE}/b.png) }} @import url({OUTSIDE}/c.css);</style></head>
<body onload="alert(1)"><h1>Angriff</h1>{ATTACK}<img src="{OUTSIDE}/p.png" onerror="alert(2)">
<iframe src="{OUTSIDE}/f"></iframe><iframe srcdoc="<script>parent.alert(3)</script>"></iframe>
<form action="{OUTSIDE}/post" method="post"><input name="a" autofocus onfocus="alert(4)"></form>
<a href="javascript:alert(5)" ping="{OUTSIDE}/ping">klick</a><object data="{OUTSIDE}/o"></object>
<svg onload="alert(6)"></svg><video src="{OUTSIDE}/v" autoplay></video></body></html>"""
PAGES = {  # content type and body of what was captured
    "th-arbeit-1": ("text/html; charset=iso-8859-1", "<h1>Förderung für Häuser</h1>".encode("latin-1")),
    "th-bau-2": ("text/html", "<meta charset=utf-8><h1>Städtebau</h1>".encode()),
    "bund-umwelt-2": ("application/pdf", b"%PDF-1.4 <script>alert(1)</script>"),
    HOSTILE: ("text/html; charset=utf-8", ATTACK_PAGE.encode()),
}
HEAD = {"confidence": 0.95, "rule": "rule:test"}

MINISTERS = {"erna-muster": "Erna Muster", "karl-beispiel": "Karl Beispiel"}
DISTRICTS = {"16065": "Kyffhäuserkreis", "16077": "Altenburger Land", "16055": "Weimar"}
TOWNS = {"16065002": ("Artern", "16065"), "16077043": ("Schmölln", "16077")}
SOURCES = {
    "th-arbeit": ("Arbeitsministerium", "DE-TH", "Thüringer Ministerium für Arbeit und Familie"),
    "th-bau": ("Bauministerium", "DE-TH", "Thüringer Ministerium für Bau und Verkehr"),
    "bund-umwelt": ("Umweltministerium", "DE", "Bundesministerium für Umwelt und Klima"),
}
VERDICTS = {"th-arbeit": "ok", "th-bau": "quiet", "bund-umwelt": "blocked"}

# id, source, day, kind, title, text
RELEASES = [
    (
        "th-arbeit-1",
        "th-arbeit",
        "2018-03-28",
        "press_release",
        "Erna Muster übergibt Fördermittelbescheide im Kyffhäuserkreis",
        "Arbeitsministerin Erna Muster hat am 27. März 2018 in Artern zwei Fördermittelbescheide übergeben. "
        "Der Kyffhäuserkreis erhält 477.970 Euro für drei Häuser der Jugendarbeit, das Altenburger Land "
        "rund 1,2 Millionen Euro.\n"
        "„Damit sichern wir die Arbeit vor Ort bis 2020“, sagte die Ministerin. Landrätin Paula Probe dankte "
        "dem Land. Anfang 2019 soll in Schmölln das nächste Haus öffnen. Es kostet 2,5 Millionen Euro.\n"
        "Hintergrund: Das Land gibt Städten und Gemeinden Zuschüsse zwischen 50.000 und 80.000 Euro im Jahr. "
        "Anträge können bis 30. Juni 2018 gestellt werden.",
    ),
    (
        "th-bau-1",
        "th-bau",
        "2018-03-27",
        "press_release",
        "Landesstraßen: Sanierung bei Weimar beginnt",
        "Ab 3. April 2018 wird die Landesstraße zwischen Weimar und Schmölln saniert. Verkehrsminister Karl "
        "Beispiel sprach von einem guten Tag für Pendler. Die Kosten betragen 3,4 Millionen Euro.",
    ),
    (
        "th-arbeit-2",
        "th-arbeit",
        "2018-03-28",
        "media_invitation",
        "Einladung: Ministerin Muster besucht Mehrgenerationenhaus",
        "Vertreterinnen und Vertreter der Medien sind am 4. April 2018 herzlich nach Weimar eingeladen.",
    ),
    (
        "bund-umwelt-1",
        "bund-umwelt",
        "2018-03-20",
        "joint_release",
        "Hochwasserschutz: Bund und Länder legen neues Programm auf",
        "Bund und Länder geben in den kommenden drei Jahren 100 Millionen Euro für den Hochwasserschutz. "
        "Profitieren sollen vor allem Flüsse in Thüringen und Sachsen, darunter das Altenburger Land.",
    ),
    (
        "bund-umwelt-2",
        "bund-umwelt",
        "2018-03-19",
        "speech",
        "Rede zum ländlichen Raum",
        "Der ländliche Raum braucht Busse und Bahnen. In ländlichen Räumen entscheidet sich, wer bleibt.",
    ),
    (
        "th-bau-2",
        "th-bau",
        "2018-02-11",
        "press_release",
        "Städtebauförderung: 12 Millionen Euro für Innenstädte",
        "Mit 12 Millionen Euro fördert das Land den Städtebau. Nach Weimar gehen davon 800.000 Euro.",
    ),
    (
        "th-arbeit-3",
        "th-arbeit",
        "2018-01-15",
        "press_release",
        "Mehr Plätze in Kindergärten",
        "Die Zahl der Plätze in Kindergärten steigt. Allein in Artern entstehen 40 neue.",
    ),
    (
        "th-arbeit-4",
        "th-arbeit",
        "2017-12-01",
        "date_notice",
        "Termine der Woche",
        "Montag: Kabinett. Dienstag: Landtag.",
    ),
    (
        "th-bau-3",
        "th-bau",
        "2017-11-30",
        "statement",
        "Erklärung zum Brückenbau",
        "Die Brücke über die Unstrut bleibt gesperrt.\n\nEine Prüfung folgt.",
    ),
    (
        "th-arbeit-attack",
        "th-arbeit",
        "2017-10-01",
        "press_release",
        f"Angriff {ATTACK} \"onload='x' {RTL}",
        f"Ein Text mit {ATTACK} und <img src=x onerror=alert(1)> in Artern, dazu {RTL} und \u0000\u000b.\n"
        "]]> --> </textarea></style>{{ 7*7 }}",
    ),
    ("th-bau-leer", "th-bau", None, "press_release", "Ohne Tag und ohne Text", ""),
    (
        "bund-umwelt-3",
        "bund-umwelt",
        "2016-05-05",
        "correction",
        "Korrektur: Zahl der Windräder",
        "In der Mitteilung vom 4. Mai 2016 stand eine falsche Zahl.",
    ),
]

# release, title, what became of its file, its pages
ATTACHMENTS = [
    (
        "th-bau-1",
        "Umleitungsplan",
        "text",
        [
            "Umleitungsplan der Landesstraße.",
            "Auf Seite zwei steht die Haltestelle Marktplatz.",
            "Die Umleitung über Schmölln kostet 12.000 Euro und führt am Haltepunkt vorbei.",
        ],
    ),
    ("th-bau-1", "Querschnitt", "no_text", []),
    ("th-bau-2", None, None, []),
    ("th-arbeit-attack", f"Anlage {ATTACK}", "crashed", []),
]
