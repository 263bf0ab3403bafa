"""From a skeleton to a finished release."""

import re
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


def compose(
    portal: str,
    author: str,
    skeleton: Skeleton,
    row: dict[str, str],
    published: datetime,
    number: str,
    seed: str,
) -> DemoRelease:
    """Write one release; equal arguments give equal words."""
    dice = Dice(seed, portal, skeleton.key, published.isoformat())
    minister = minister_on(portal, skeleton.field, published.date())
    draft = Draft(skeleton, row, published.date(), districts_of(portal), minister, dice)
    opening = dice.pick(_openings(skeleton, dice))
    title = re.sub(r": ([a-zäöü])", lambda found: f": {found[1].upper()}", draft.expand(opening[0]))
    draft.forget()
    lead = draft.expand(opening[1])
    body = [draft.expand(text) for text in _chosen(skeleton.body, dice)]
    if skeleton.minister and minister is not None and dice.chance(MINISTER_PERCENT):
        body.insert(0, draft.expand(dice.pick(skeleton.minister)))
    written = " ".join([lead, *body])
    by_hand = [d.ags for d in districts() if not d.city and d.name in written]
    return DemoRelease(
        portal=portal,
        slug=slug(title),
        published=published,
        kind=skeleton.kind,
        kicker=dice.pick(skeleton.kickers or (KICKERS[portal][skeleton.kind],)),
        number=number,
        title=title,
        lead=lead,
        body=tuple(_block(text) for text in body),
        author=author,
        skeleton=skeleton.key,
        amounts=tuple(draft.amounts.values()),
        dates=tuple(draft.dates.values()),
        districts=tuple({**draft.districts, **dict.fromkeys(by_hand)}),
        municipalities=tuple(draft.municipalities),
        ministers=tuple(draft.ministers),
        attachments=(Attachment(f"{skeleton.key}.pdf", draft.expand(skeleton.attachment)),)
        if skeleton.attachment
        else (),
    )


def _openings(skeleton: Skeleton, dice: Dice) -> list[tuple[str, str]]:
    if len(skeleton.titles) == len(skeleton.lead):
        return list(zip(skeleton.titles, skeleton.lead, strict=True))
    return [(title, dice.pick(skeleton.lead)) for title in skeleton.titles]


def _chosen(paragraphs: tuple[str | list[str], ...], dice: Dice) -> list[str]:
    texts = [text if isinstance(text, str) else dice.pick(text) for text in paragraphs]
    return [text.removeprefix("?") for text in texts if not text.startswith("?") or dice.chance(60)]


def _block(text: str) -> Block:
    marks: dict[str, BlockKind] = {"## ": "h2", "- ": "li"}
    for mark, kind in marks.items():
        if text.startswith(mark):
            return Block(kind, text.removeprefix(mark))
    return Block("p", text)
