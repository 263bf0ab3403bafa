"""Pairs of releases with a label, made from the invented releases of the demo: the same text or not.

Each kind of pair is a way in which ministries repeat themselves. Whoever makes them is not who judges them:
the makers know nothing of words, bands and thresholds.
"""

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from demo.collection import edition
from demo.places import districts
from demo.release import DemoRelease

PORTALS = ("demo-thueringen", "demo-bund", "demo-feed")
OF_EACH = 26
NUMBER = re.compile(r"\d[\d.]*(?:,\d+)?")
DAY = re.compile(
    r"\b\d{1,2}\. (?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)"
)
HEADS = (
    ("Gemeinsame Pressemitteilung des Ministeriums für Umwelt und des Ministeriums für Verkehr",
     "Pressestelle, Telefon 0361 1234567, presse@umwelt.example"),
    ("Gemeinsame Medieninformation mit dem Sächsischen Staatsministerium der Finanzen",
     "Die Mitteilung wird zeitgleich von beiden Häusern veröffentlicht. Rückfragen an die Pressestelle."),
    ("– Sperrfrist: 12 Uhr –", "Diese Medieninformation finden Sie auch im Internet. Folgen Sie uns."),
)  # fmt: skip
QUOTES = (
    "„Davon haben alle etwas, die hier leben und arbeiten“, sagte Staatssekretärin Ottilie Vogt. „Wir gehen "
    "diesen Weg gemeinsam mit unseren Nachbarn, weil Straßen und Flüsse an keiner Grenze enden.“",
    "Ministerialdirigent Kuno Albers betonte: „Es ist gut angelegtes Geld. Wer jetzt nicht anfängt, zahlt "
    "später das Doppelte, und dann fragt niemand mehr, warum es so lange gedauert hat.“",
    "„Ich freue mich, dass wir nach Monaten der Verhandlung heute ein Ergebnis haben“, erklärte "
    "Abteilungsleiterin Wiebke Sand. „Die Arbeit beginnt morgen.“",
    "Referatsleiter Thilo Brandt dankte allen Beteiligten: „Ohne die Ehrenamtlichen wäre nichts davon "
    "zustande gekommen. Ihnen gehört heute der Beifall, nicht uns.“",
)
TAIL = (
    "Hintergrund: Das Programm richtet sich an Kommunen, Vereine und freie Träger. Anträge nimmt die "
    "zuständige Bewilligungsstelle entgegen. Ein Anspruch auf Förderung besteht nicht. Weitere Auskünfte "
    "erteilt das Servicetelefon montags bis freitags von 9 bis 15 Uhr. Formulare stehen im Internet bereit."
)


@dataclass(frozen=True)
class Text:
    """A release as a pair holds it."""

    day: date
    title: str
    text: str

    @property
    def paragraphs(self) -> list[str]:
        return self.text.split("\n")


@dataclass(frozen=True)
class Pair:
    """Two releases, and whether they are the same text."""

    kind: str
    one: Text
    other: Text
    same: bool
    partners: bool  # two publishers


@cache
def releases() -> tuple[DemoRelease, ...]:
    """The invented releases that are long enough to be shortened."""
    every = [release for portal in PORTALS for release in edition(portal, 0).releases]
    return tuple(release for release in every if len(release.text.split()) > 60)


@cache
def towns() -> tuple[str, ...]:
    return tuple(dict.fromkeys(town.name for district in districts() for town in district.municipalities))


def _text(release: DemoRelease) -> Text:
    return Text(release.published.date(), release.title, release.text)


def joint(release: DemoRelease, dice: random.Random) -> Text:
    """As the partner ministry publishes it: other head, other foot, a day later at most."""
    text, (head, foot) = _text(release), dice.choice(HEADS)
    body = "\n".join([head, *text.paragraphs, foot])
    return Text(text.day + timedelta(dice.choice((0, 0, 1))), text.title, body)


def own_quote(release: DemoRelease, dice: random.Random) -> Text:
    """The partner quotes its own people instead of the other's, under a headline of its own."""
    text = _text(release)
    kept = [part for part in text.paragraphs if "“, sagte" not in part and "“, erklärte" not in part]
    kept.insert(min(2, len(kept)), dice.choice(QUOTES))
    return Text(text.day, f"Gemeinsam: {text.title}", "\n".join(kept))


def shortened(release: DemoRelease, dice: random.Random) -> Text:
    """The first half or so, as news pages cut it."""
    text = _text(release)
    keep = max(2, round(len(text.paragraphs) * dice.uniform(0.4, 0.7)))
    return Text(text.day + timedelta(dice.choice((0, 1, 2))), text.title, "\n".join(text.paragraphs[:keep]))


def corrected(release: DemoRelease, dice: random.Random) -> Text | None:
    """Sent out again because one sum was wrong."""
    text = _text(release)
    if not release.amounts:
        return None
    wrong = release.amounts[0].surface
    right = NUMBER.sub(lambda found: str(int(found[0][0]) + 1) + found[0][1:], wrong, count=1)
    if right == wrong:
        return None
    body = text.text.replace(wrong, right)
    return Text(
        text.day + timedelta(dice.choice((0, 1, 3))), f"Korrektur: {text.title.replace(wrong, right)}", body
    )


def retyped(release: DemoRelease, dice: random.Random) -> Text:
    """The same after a move to another system: quotes, dashes, hyphens and paragraphs come out otherwise."""
    text = _text(release)
    body = text.text.translate(str.maketrans({"„": '"', "“": '"', "–": "-", "…": "..."}))
    body = body.replace("Euro", "EUR") if dice.random() < 0.3 else body
    body = re.sub(r"(\w{6})(\w{5})", "\\1\u00ad\\2", body)
    return Text(text.day, text.title.upper() if dice.random() < 0.2 else text.title, body.replace("\n", " "))


def filled_form(release: DemoRelease, dice: random.Random) -> Text | None:
    """The same words for another town and another sum."""
    text = _text(release)
    named = [town for town in towns() if re.search(rf"\b{re.escape(town)}\b", f"{text.title} {text.text}")]
    if not named or not release.amounts:
        return None
    swap = dict(
        zip(named, dice.sample([town for town in towns() if town not in named], len(named)), strict=True)
    )
    pattern = re.compile("|".join(re.escape(town) for town in sorted(named, key=len, reverse=True)))
    swapped = [pattern.sub(lambda found: swap[found[0]], part) for part in (text.title, text.text)]
    for amount in release.amounts:
        other = NUMBER.sub(lambda found: str(dice.randint(10, 990)), amount.surface)
        swapped = [part.replace(amount.surface, other) for part in swapped]
    return Text(text.day + timedelta(dice.randint(0, 9)), *swapped)


def next_year(release: DemoRelease, dice: random.Random) -> Text:
    """The notice that comes every year, with the year's numbers."""
    text = _text(release)

    def later(part: str) -> str:
        return re.sub(r"\b20(\d\d)\b", lambda found: f"20{(int(found[1]) + 1) % 100:02}", part)

    moved = [
        DAY.sub(lambda found: f"{dice.randint(1, 28)}. {found[0].split()[1]}", later(p))
        for p in (text.title, text.text)
    ]
    return Text(text.day + timedelta(dice.randint(350, 378)), *moved)


def next_week(release: DemoRelease, dice: random.Random) -> Text | None:
    """The report that comes every week, with the week's numbers."""
    text = _text(release)
    if len(NUMBER.findall(text.text)) < 3:
        return None
    numbers = NUMBER.sub(lambda found: str(dice.randint(2, 9)) + found[0][1:], text.text)
    return Text(text.day + timedelta(7), text.title, numbers) if numbers != text.text else None


def shared_tail(release: DemoRelease, dice: random.Random) -> Text:
    """Another release with the same long note about the programme below."""
    other = _text(dice.choice([r for r in releases() if r.skeleton != release.skeleton]))
    return Text(_text(release).day + timedelta(dice.randint(0, 5)), other.title, f"{other.text}\n{TAIL}")


def sibling(release: DemoRelease, dice: random.Random) -> Text | None:
    """Another release made from the same pattern, as press offices do."""
    kin = [
        r
        for r in releases()
        if r.skeleton == release.skeleton and r.text != release.text and r.lead != release.lead
    ]
    kin = [r for r in kin if r.portal == release.portal]
    return (
        Text(_text(release).day + timedelta(dice.randint(0, 20)), *_words(dice.choice(kin))) if kin else None
    )


def _words(release: DemoRelease) -> tuple[str, str]:
    return release.title, release.text


Maker = Callable[[DemoRelease, random.Random], Text | None]
SAME: tuple[Maker, ...] = (joint, own_quote, shortened, corrected, retyped)
PARTNERS = (joint, own_quote)
OTHER: tuple[Maker, ...] = (filled_form, next_year, next_week, shared_tail, sibling)


def pairs(seed: int = 5) -> Iterator[Pair]:
    """All pairs, 26 of each kind; equal seeds give equal pairs."""
    for maker in (*SAME, *OTHER):
        dice = random.Random(f"{seed} {maker.__name__}")
        made = 0
        for release in dice.sample(releases(), len(releases())):
            one = _text(release)
            if maker is shared_tail:
                one = Text(one.day, one.title, f"{one.text}\n{TAIL}")
            other = maker(release, dice)
            if other is not None and made < OF_EACH:
                made += 1
                yield Pair(maker.__name__, one, other, maker in SAME, maker in PARTNERS)
