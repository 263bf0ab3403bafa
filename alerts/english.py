"""How an English message says what a search looks for; names and the searched words stay as they are."""

from archive.search_in_words import GERMAN, Wording

WORDS = {
    "Alle Mitteilungen": "All releases",
    "Land": "State",
    "Herausgeber": "Publisher",
    "Art der Mitteilung": "Kind of release",
    "Genannter Kreis": "District named",
    "Genannte Gemeinde": "Municipality named",
    "Genannte Person": "Person named",
    "Genanntes Amt": "Office named",
    "Jahr": "Year",
    "Quelle": "Source",
    "Erschienen ab": "Published from",
    "Erschienen bis": "Published until",
    "Nennt einen Betrag ab": "Names an amount from",
    "Nennt einen Betrag bis": "Names an amount up to",
    "nennt eine Förderung": "names a grant",
    "mit Anhang": "with attachments",
    "nachträglich geändert": "changed after publication",
    "vom Portal verschwunden": "gone from the ministry’s site",
    "Pressemitteilung": "Press release",
    "Gemeinsame Mitteilung": "Joint release",
    "Medieneinladung": "Media invitation",
    "Terminhinweis": "Date notice",
    "Erklärung": "Statement",
    "Rede": "Speech",
    "Korrektur": "Correction",
    "Meldung": "News item",
    "Bund": "Federal government",
    "Bayern": "Bavaria",
    "Hessen": "Hesse",
    "Mecklenburg-Vorpommern": "Mecklenburg-Western Pomerania",
    "Niedersachsen": "Lower Saxony",
    "Nordrhein-Westfalen": "North Rhine-Westphalia",
    "Rheinland-Pfalz": "Rhineland-Palatinate",
    "Sachsen": "Saxony",
    "Sachsen-Anhalt": "Saxony-Anhalt",
    "Thüringen": "Thuringia",
}
ENGLISH = Wording(lambda word: WORDS.get(word, word), str, lambda euros: f"€{euros:,.0f}", "“{}”")


def wording(language: str) -> Wording:
    """The wording of a language; German where it is not known."""
    return ENGLISH if language == "en" else GERMAN
