"""From a skeleton to a finished release."""

import re
from dataclasses import dataclass
from datetime import datetime

from demo.dice import Dice
from demo.draft import Draft
from demo.people import minister_on
from demo.places import districts, districts_of
from demo.release import Attachment, Block, BlockKind, DemoRelease, Kind
from demo.skeleton import Skeleton
from demo.slug import slug

KICKERS: dict[str, dict[Kind, str]] = {
    "demo-thueringen": {
        "press_release": "Medieninformation",
        "joint_release": "Gemeinsame Medieninformation",
        "media_invitation": "Medieneinladung",
        "date_notice": "Terminhinweis",
        "statement": "Statement",
        "speech": "Rede",
        "correction": "Korrektur",
    },
    "demo-bund": {
        "press_release": "Pressemitteilung",
        "joint_release": "Gemeinsame Pressemitteilung",
        "media_invitation": "Presseeinladung",
        "date_notice": "Terminhinweis",
        "statement": "Statement",
        "speech": "Rede",
        "correction": "Korrektur",
    },
}
KICKERS["demo-feed"] = KICKERS["demo-bund"]
MINISTER_PERCENT = 45
OPTIONAL_PERCENT = 60


@dataclass(frozen=True)
class Assignment:
    """Who is to write what, and when; `turn` counts how often the skeleton has spoken before."""

    portal: str
    author: str
    skeleton: Skeleton
    row: dict[str, str]
    published: datetime
    turn: int


def compose(seed: str, given: Assignment) -> DemoRelease:
    """Write one release, still without a number; equal arguments give equal words."""
    skeleton, day = given.skeleton, given.published.date()
    dice = Dice(seed, given.portal, skeleton.key, given.published.isoformat())
    minister = minister_on(given.portal, skeleton.field, day)
    draft = Draft(skeleton, given.row, day, districts_of(given.portal), minister, dice)
    title, lead = dice.pick(_openings(skeleton, dice))
    title = re.sub(r": ([a-zäöü])", lambda found: f": {found[1].upper()}", draft.expand(title))
    draft.forget()
    texts = [lead, *_chosen(skeleton, given.turn, dice)]
    if skeleton.minister and minister is not None and dice.chance(MINISTER_PERCENT):
        texts.insert(1, dice.pick(skeleton.minister))
    lead, *body = [draft.expand(text) for text in texts]
    return DemoRelease(
        portal=given.portal,
        slug=slug(title),
        published=given.published,
        kind=skeleton.kind,
        kicker=dice.pick(skeleton.kickers or (KICKERS[given.portal][skeleton.kind],)),
        number="",
        title=title,
        lead=lead,
        body=tuple(_block(text) for text in body),
        author=given.author,
        skeleton=skeleton.key,
        amounts=tuple(draft.amounts.values()),
        dates=tuple(draft.dates.values()),
        districts=tuple({**draft.districts, **dict.fromkeys(_written_out(lead, *body))}),
        municipalities=tuple(draft.municipalities),
        ministers=tuple(draft.ministers),
        attachments=(Attachment(f"{skeleton.key}.pdf", skeleton.attachment),) if skeleton.attachment else (),
    )


def _openings(skeleton: Skeleton, dice: Dice) -> list[tuple[str, str]]:
    if len(skeleton.titles) == len(skeleton.lead):
        return list(zip(skeleton.titles, skeleton.lead, strict=True))
    return [(title, dice.pick(skeleton.lead)) for title in skeleton.titles]


def _chosen(skeleton: Skeleton, turn: int, dice: Dice) -> list[str]:
    """The paragraphs of this turn: quotes go round, so that they repeat as late as possible."""
    texts = []
    for paragraph in skeleton.body:
        text = paragraph if isinstance(paragraph, str) else dice.pick(paragraph)
        if text == "@voices":
            text = skeleton.voices[turn % len(skeleton.voices)]
        if not text.startswith("?") or dice.chance(OPTIONAL_PERCENT):
            texts.append(text.removeprefix("?"))
    return texts


def _written_out(*texts: str) -> list[str]:
    """Districts that a skeleton names by hand."""
    return [d.ags for d in districts() if not d.city and any(d.name in text for text in texts)]


def _block(text: str) -> Block:
    marks: dict[str, BlockKind] = {"## ": "h2", "- ": "li"}
    for mark, kind in marks.items():
        if text.startswith(mark):
            return Block(kind, text.removeprefix(mark))
    return Block("p", text)
