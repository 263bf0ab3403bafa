"""The invented ministries behind the portals, with their names over time."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Newsroom:
    """`names` are pairs of a name and the last day on which it was right."""

    key: str
    site: str
    city: str
    names: tuple[tuple[str, date], ...]

    def name_on(self, day: date) -> str:
        return next(name for name, until in self.names if day <= until)


NEWSROOMS = {
    room.key: room
    for room in (
        Newsroom(
            "demo-thueringen",
            "Thüringer Demo-Ministerium",
            "Erfurt",
            (
                ("Thüringer Ministerium für Heimat, Infrastruktur und Soziales (Demo)", date(2024, 12, 12)),
                ("Thüringer Ministerium für Infrastruktur, Soziales und Ländlichen Raum (Demo)", date.max),
            ),
        ),
        Newsroom(
            "demo-bund",
            "Bundes-Demo-Ministerium",
            "Berlin",
            (("Bundesministerium für Regionale Entwicklung und Zusammenhalt (Demo)", date.max),),
        ),
        Newsroom(
            "demo-feed",
            "Demo-Ministerium Sachsen-Anhalt",
            "Magdeburg",
            (("Ministerium für Finanzen, Kultur und Umwelt des Landes Sachsen-Anhalt (Demo)", date.max),),
        ),
    )
}

NOTICE = "Erfundener Text zu Testzwecken. Dieses Ministerium gibt es nicht."
