"""Releases without end: sentences with real names, sums and days among words as rare as in life.

A third of a text comes from templates that name who, where, how much and when, some paragraphs from the
invented releases, the rest from dictionary words drawn by Zipf's law, so that no two are alike by chance.
"""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from simplemma.strategies import DEFAULT_DICTIONARY_FACTORY

from archive.people import Person, people
from archive.territory import District, Municipality, districts, municipalities
from benchmarks import site
from demo.days import spelled
from demo.money import grouped
from demo.release import Block, DemoRelease, Kind
from demo.slug import slug

FIRST_DAY, DAYS = date(2006, 1, 2), 7300
VOCABULARY, RARE = 60_000, 20  # words, and by how much the commonest of them are held back
PLAIN = 6  # sentences of dictionary words in a release
KINDS: tuple[Kind, ...] = (
    *("press_release",) * 16,
    *("media_invitation", "statement", "date_notice", "speech"),
)
KICKERS: dict[Kind, str] = {
    "press_release": "Pressemitteilung",
    "media_invitation": "Presseeinladung",
    "statement": "Statement",
    "date_notice": "Terminhinweis",
    "speech": "Rede",
}
SUBJECTS = (
    "die Feuerwehr, die Sporthalle, den Radweg, das Schulzentrum, die Kläranlage, den Hochwasserschutz, die "
    "Musikschule, das Krankenhaus, die Ortsumgehung, den Breitbandausbau, die Kindertagesstätte, "
    "das Stadtmuseum, die Bahnhofssanierung, den Wohnungsbau, die Berufsschule, die Bibliothek"
).split(", ")
TITLES = (
    "{sum} für {subject} in {town}",
    "{town}: Land fördert {subject} mit {sum}",
    "{minister} besucht {town}",
    "Startschuss für {subject} in {town}",
    "{word} und {other}: {sum} für {town}",
)
# A lead is one of each, so that few leads have three words in a row in common.
LEADS = tuple(
    tuple(part.split("|"))
    for part in (
        "{minister} hat|{minister} war|Am {day} hat {minister}|Mit {minister}|Nach Angaben von {minister}|"
        "Auf Vorschlag von {minister} wird|Gute Nachricht aus dem Ministerium: {minister}|"
        "Zum Auftakt in {other_town}: {minister}|Seit {earlier} wirbt {minister}",
        "in {town}|in {town} ({district})|im {district}|vor Ort in {town}|bei {town}|"
        "für {town} und {other_town}|heute in {town}|gemeinsam mit Bürgern aus {town}|"
        "zwischen {town} und {third_town}",
        "einen Bescheid über {sum}|{sum} Fördermittel|eine Zusage von {sum}|weitere {sum}|insgesamt {sum}|"
        "aus Landesmitteln {sum}|zunächst {sum}|Zuwendungen von {sum}|ein Kredit von {sum}|noch einmal {sum}",
        "für {subject} übergeben.|zugunsten {word} bewilligt.|und damit {subject} gesichert.|"
        "für {word} überreicht.|zum Ausbau angekündigt.|für {word} und {other} zugesagt.|"
        "in Aussicht gestellt.|mitgebracht: {subject} kann beginnen.",
    )
)
LINES = (
    "Die Gesamtkosten liegen bei rund {total}, davon trägt die Gemeinde {town} mindestens {share}.",
    "Auch in {other_town} und {third_town} wird gebaut; dort fließen bis zu {share}.",
    "Die Arbeiten sollen am {later} beginnen und bis {month} abgeschlossen sein.",
    "Im {other_district} waren seit {earlier} bereits {share} bewilligt worden.",
    "„Für die Menschen in {town} zählt jeder Euro“, sagte {minister} bei dem Termin am {later}.",
    "Anträge aus {other_town} nimmt die Bewilligungsstelle noch bis zum {later} entgegen.",
    "Hinzu kommen {share} des Bundes; {third_town} folgt im {month}.",
    "Wie {minister} erläuterte, stammen {total} aus dem Haushalt des Vorjahres.",
    "Der {other_district} beteiligt sich mit {share}, die Abnahme ist für den {later} geplant.",
    "Vertreter aus {other_town} und {third_town} hatten {minister} am {earlier} eingeladen.",
    "Beim Rundgang in {town} ging es um {subject} und um {share}, die noch fehlen.",
    "Eröffnet wurde das Vorhaben am {earlier}; {minister} sprach von {total} bis {month}.",
    "Künftig stehen {town} jährlich {share} mehr zur Verfügung, erstmals ab {month}.",
    "Zuletzt waren am {earlier} in {other_town} {share} geflossen.",
)


class Ground(NamedTuple):
    """Who and what can be named by the releases of a Land."""

    districts: tuple[District, ...]
    towns: tuple[Municipality, ...]
    weights: tuple[float, ...]  # of the towns, added up: large ones are named more often
    people: tuple[Person, ...]


def release(portal: str, jurisdiction: str, number: int, of: int, seed: object) -> DemoRelease:
    """One of so many releases of a portal, in the order of time; equal seeds give equal words."""
    dice = random.Random(f"{portal}/{number}/{of}")
    day = FIRST_DAY + timedelta(days=int((number + dice.random()) * DAYS / of))
    moment = datetime.combine(day, time(8 + dice.randrange(10), dice.randrange(60)))
    text = random.Random(str(seed))
    title, lead, body = _told(text, _ground(jurisdiction), day)
    kind = text.choice(KINDS)
    return DemoRelease(
        portal=portal,
        slug=f"{slug(title)[:60]}-{number}",
        published=moment,
        kind=kind,
        kicker=KICKERS[kind],
        number=f"{1 + number % 400}/{day.year}",
        title=title,
        lead=lead,
        body=tuple(Block("p", paragraph) for paragraph in body),
        author="Ministerium",
        skeleton="",
    )


def corrected(release: DemoRelease) -> DemoRelease:
    """The release with another last paragraph, as its portal shows it later."""
    added = Block(
        "p",
        "Korrektur: In einer früheren Fassung war eine Summe falsch angegeben, richtig sind 1,7 Mio. Euro.",
    )
    return replace(release, body=(*release.body[:-1], added))


def _told(dice: random.Random, ground: Ground, day: date) -> tuple[str, str, list[str]]:
    """Title, lead and paragraphs."""
    towns = [_town(dice, ground) for _ in range(3)]
    around = dict.fromkeys(town.district for town in towns)
    known = {d.ags: d for d in ground.districts}
    spoken = [known[ags] for ags in around if ags in known] or [ground.districts[0]]
    sums = sorted(_sum(dice) for _ in range(3))
    words = [_nouns()[dice.randrange(len(_nouns()))] for _ in range(2)]
    fields = {
        "town": towns[0].name,
        "other_town": towns[1].name,
        "third_town": towns[2].name,
        "district": spoken[0].name,
        "other_district": dice.choice(ground.districts).name,
        "minister": _minister(dice, ground, day),
        "subject": dice.choice(SUBJECTS),
        "sum": money(sums[1]),
        "share": money(sums[0]),
        "total": money(sums[2]),
        "day": spelled(day, "lang"),
        "later": spelled(day + timedelta(days=dice.randrange(5, 200)), dice.choice(("lang", "wt", "num"))),
        "earlier": spelled(day - timedelta(days=dice.randrange(100, 900)), "lang"),
        "month": spelled(day + timedelta(days=dice.randrange(200, 800)), "monat"),
        "word": words[0],
        "other": words[1],
    }
    lines = [line.format_map(fields) for line in dice.sample(LINES, 2)]
    plain = [_sentence(dice) for _ in range(PLAIN)]
    body = [f"{line} {sentence}" for line, sentence in zip(lines, plain, strict=False)]
    body.insert(1, dice.choice(_paragraphs()))
    body.append(" ".join(plain[2:]))
    lead = f"{' '.join(map(dice.choice, LEADS))} {_sentence(dice)}"
    return dice.choice(TITLES).format_map(fields), lead.format_map(fields), body


def money(value: int) -> str:
    """A sum as a press office writes it.

    >>> money(4_300_000), money(48_250)
    ('4,3 Millionen Euro', '48.250 Euro')
    """
    if value >= 1_000_000:
        return f"{value / 1e6:.1f}".replace(".", ",") + " Millionen Euro"
    return f"{grouped(value)} Euro"


def _sum(dice: random.Random) -> int:
    return round(10 ** dice.uniform(3.5, 8) / 50) * 50


def _town(dice: random.Random, ground: Ground) -> Municipality:
    return dice.choices(ground.towns, cum_weights=ground.weights)[0]


def _minister(dice: random.Random, ground: Ground, day: date) -> str:
    for _ in range(20):
        person = dice.choice(ground.people)
        if any(term.covers(day) for term in person.terms):
            break
    return f"Minister{'in' * (person.gender == 'f')} {person.name}"


@cache
def _ground(jurisdiction: str) -> Ground:
    """What a Land's releases name; the federal government's name places of all."""
    own = jurisdiction if jurisdiction != "DE" else ""
    here = tuple(d for d in districts() if not d.valid_to and d.state.startswith(own))
    keys = {d.ags for d in here}
    towns = sorted(
        (m for m in municipalities() if m.last_year == 9999 and m.district in keys),
        key=lambda m: (-m.population, m.ags),
    )
    weights = tuple(accumulate(1 / n for n in range(1, len(towns) + 1)))
    offices = tuple(p for p in people() if any(t.jurisdiction == jurisdiction for t in p.terms))
    return Ground(here, tuple(towns), weights, offices)


@cache
def _words() -> tuple[Sequence[str], Sequence[float]]:
    """Words of the dictionary in a fixed random order, and their weights by Zipf's law, added up."""
    known = DEFAULT_DICTIONARY_FACTORY.get_dictionary("de")
    words = sorted({word for word in known if 4 < len(word) < 18 and word.isalpha()})
    random.Random(1).shuffle(words)
    words = words[:VOCABULARY]
    return words, tuple(accumulate(1 / (rank + RARE) for rank in range(len(words))))


@cache
def _nouns() -> Sequence[str]:
    return [word for word in _words()[0] if word[0].isupper()]


def _sentence(dice: random.Random) -> str:
    words, weights = _words()
    drawn = " ".join(dice.choices(words, cum_weights=weights, k=15))
    return f"{drawn[0].upper()}{drawn[1:]}."


@cache
def _paragraphs() -> Sequence[str]:
    """What the invented releases say, paragraph by paragraph."""
    texts = dict.fromkeys(release.text for _, release in site.releases(360))
    return [line for text in texts for line in text.split("\n") if 80 < len(line) < 500]
