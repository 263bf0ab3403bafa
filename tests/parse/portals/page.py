"""The frame of a page built by hand, and what must come out of it."""

from dataclasses import dataclass, field
from datetime import date

LEAD = "Das Land fördert den Bau eines Begegnungshauses in Musterstadt mit 1,2 Millionen Euro."
FIRST = (
    "Die Ministerin übergab den Bescheid am Montag im Rathaus. Das Haus soll Vereinen, Schulen und älteren"
    " Menschen offenstehen und bis zum Sommer 2026 fertig werden."
)
SECOND = (
    "„Wer sich trifft, versteht sich besser“, sagte sie bei der Übergabe. Weitere 300.000 Euro trägt die"
    " Stadt"
    " aus eigenen Mitteln bei, 50.000 Euro kommen von Spendern."
)
PROSE = f"<p>{FIRST}</p><p>{SECOND}</p>"
TEXT = f"{FIRST}\n{SECOND}"
TITLE = "Neues Begegnungshaus für Musterstadt"
NAVIGATION = (
    '<nav><ul><li><a href="/">Startseite</a></li><li><a href="/ministerium">Ministerium</a></li>'
    '<li><a href="/presse">Presse</a></li></ul></nav>'
)
FOOTER = "<footer><h1 class='aural'>Fußbereich</h1><p>Impressum Datenschutz Barrierefreiheit</p></footer>"


@dataclass(frozen=True)
class Case:
    """A page and what must come out of it."""

    name: str
    url: str
    html: str
    title: str = TITLE
    text: str = TEXT
    published: str | None = None
    captured: date | None = None
    fields: dict[str, object] = field(default_factory=dict)


def page(body: str, head: str = "", title: str = TITLE) -> str:
    """A whole page with the usual things around."""
    return (
        f'<!DOCTYPE html><html lang="de"><head><meta charset="utf-8"><title>{title}</title>{head}</head>'
        f"<body>{NAVIGATION}{body}{FOOTER}</body></html>"
    )
