"""A letter as plain text: what every mail program shows, and what chat programs show of a webhook."""

from collections.abc import Iterator, Sequence
from textwrap import fill, indent

from alerts.letter import Letter
from alerts.phrases import day_of, moment_of, verdict
from alerts.told import Told, Turn
from archive.snippets import Piece
from archive.words import squeezed

WIDTH = 76


def text(letter: Letter) -> str:
    """The whole letter."""
    return "\n\n".join(_blocks(letter)) + "\n"


def _blocks(letter: Letter) -> Iterator[str]:
    said = letter.phrases
    head = [said["search"].format(search=letter.search)]
    head.append(said["all"].format(url=letter.links.search(letter.subscription)))
    yield "\n".join(head)
    if letter.broken:
        yield "\n".join(_broken(letter))
    if letter.note:
        yield fill(letter.note, WIDTH)
    kind = None
    for one in letter.told:
        if one.event.kind != kind:
            kind = one.event.kind
            yield f"== {said[kind]} =="
        yield "\n".join(_lines(letter, one))
    yield "\n".join(_foot(letter))


def foot_links(letter: Letter) -> list[tuple[str, str]]:
    """What the reader can do, with the address for it; nothing for whom a webhook tells."""
    if letter.subscription.channel != "mail":
        return []
    links, said = letter.links, letter.phrases
    return [
        (said["settings"], links.settings(letter.subscription)),
        (said["leave"], links.leave(letter.subscription)),
    ]


def _foot(letter: Letter) -> Iterator[str]:
    if links := foot_links(letter):
        yield "-- "
        yield letter.phrases["why"]
        yield from (f"{word}: {url}" for word, url in links)


def _broken(letter: Letter) -> Iterator[str]:
    yield f"! {letter.phrases['broken']}"
    for line in broken_lines(letter):
        yield f"  - {line}"


def broken_lines(letter: Letter) -> list[str]:
    """The broken sources, a line for each."""
    language = letter.subscription.language
    return [
        letter.phrases["broken_one"].format(
            title=squeezed(source.title),
            verdict=verdict(source.verdict, language),
            since=moment_of(source.since, language),
        )
        for source in letter.broken
    ]


def _lines(letter: Letter, one: Told) -> Iterator[str]:
    said, language = letter.phrases, letter.subscription.language
    yield marked(one.title)
    yield f"{squeezed(one.publisher)}, {day_of(one.published_on, language)}"
    if absence := absence_line(letter, one):
        yield fill(absence, WIDTH)
    for turn in one.turns:
        yield from _turn(said, turn)
    if one.more_turns:
        yield said["more_changes"].format(n=one.more_turns)
    if above := above_passage(letter, one):
        yield above
    if quoted := marked(one.passage.pieces):
        yield indent(fill(quoted, WIDTH - 2), "> ")
    yield one.address


def absence_line(letter: Letter, one: Told) -> str:
    """What was observed of a page that is missing."""
    if one.absence is None:
        return ""
    said, language = letter.phrases, letter.subscription.language
    line = said["gone_since"].format(
        seen=moment_of(one.absence.last_seen_at, language),
        missing=moment_of(one.absence.missing_at, language),
        checks=one.absence.checks,
    )
    return f"{line} {said['back']}" if one.absence.is_back else line


def above_passage(letter: Letter, one: Told) -> str:
    """What is said of the passage before it."""
    said = letter.phrases
    if one.no_longer:
        return said["no_longer"]
    if one.passage.attachment:
        title = squeezed(one.passage.attachment)
        return said["in_attachment"].format(title=title, page=one.passage.page)
    return said["last_text"] if one.event.kind == "removed" else ""


def marked(pieces: Sequence[Piece]) -> str:
    """Pieces on one line, hits between asterisks."""
    return squeezed("".join(f"*{piece.text}*" if piece.hit else piece.text for piece in pieces))


def _turn(said: dict[str, str], turn: Turn) -> Iterator[str]:
    label = f" ({said['title_of']})" if turn.of_title else ""
    for word, text_ in ((said["before"], turn.before), (said["after"], turn.after)):
        middle = f"[{text_}]" if text_ else "[–]"
        yield fill(squeezed(f"{word}{label}: {turn.left} {middle} {turn.right}"), WIDTH)
