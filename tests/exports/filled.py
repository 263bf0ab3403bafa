"""Four invented releases, one of which a spreadsheet would run, and how they are captured."""

from tests.pipeline.small import Small, page

HOME = "https://test.example/presse/"
FORMULA = "=Übersicht: 5.000 Euro für Gotha"
TEXTS = {
    "1": (
        "Neue Straße für Gotha",
        "Sozialministerin Heike Werner übergab am 3. März 2026 einen Bescheid.\nDie Stadt Gotha erhält "
        "120.000 Euro für den Ausbau der Bahnhofstraße.",
    ),
    "2": (
        FORMULA,
        "Der Landkreis Gotha erhält 5.000 Euro.\n+ Noch mehr: der Kyffhäuserkreis bekommt 7.500 Euro.",
    ),
    "3": (
        "Termine der Woche",
        "Landrätin Erna Beispiel lädt am 4. März 2026 nach Sondershausen & Artern <ein>.",
    ),
    "4": (
        "Neue Straße für Gotha und Nordhausen",
        "Die Straße kostet 2,3 Millionen Euro.\nDas Altenburger Land hilft.",
    ),
}
# The tables of places and people are long, and every test would write them all.
FEWER = (
    "DELETE FROM municipalities WHERE ags NOT LIKE '16065%' AND ags NOT IN ("
    "SELECT municipality_ags FROM municipality_mentions WHERE municipality_ags IS NOT NULL "
    "UNION SELECT municipality_ags FROM grants WHERE municipality_ags IS NOT NULL)",
    "DELETE FROM terms WHERE jurisdiction <> 'DE-TH'",
    "DELETE FROM ministers WHERE id NOT IN (SELECT minister_id FROM terms)",
)
LINK = '<a href="/anlage.pdf">Anlage</a>'


def capture(small: Small, which: str, text: str | None = None) -> None:
    title, said = TEXTS[which]
    body = page(title, said if text is None else text)
    if which == "1":
        body = body.replace(b"</article>", f"<p>{LINK}</p></article>".encode())
    small.capture(f"{HOME}{which}", body)
