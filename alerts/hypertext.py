"""A letter as simple HTML: one column, nothing loaded from anywhere, readable in light and dark."""

from collections.abc import Iterator, Sequence
from html import escape

from alerts.letter import Letter
from alerts.phrases import day_of
from alerts.plain import above_passage, absence_line, broken_lines, foot_links
from alerts.told import Told, Turn
from archive.snippets import Piece
from archive.words import squeezed

# Mail programs know little CSS; what they do not know must not matter.
STYLE = """
:root { color-scheme: light dark; supported-color-schemes: light dark; }
body { margin: 0; padding: 0; background: #ffffff; color: #1c1b19; }
.letter { max-width: 40em; margin: 0 auto; padding: 20px 16px 32px;
  font: 16px/1.5 -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
.letter, .letter * { overflow-wrap: anywhere; word-break: break-word; }
a { color: #1b4f8a; }
.search { font-size: 15px; margin: 0 0 20px; }
.broken { border-left: 4px solid #b3541e; padding: 8px 12px; margin: 0 0 20px; background: #f7efe9;
  font-size: 15px; }
.broken ul { margin: 6px 0 0; padding-left: 20px; }
h2 { font-size: 14px; letter-spacing: .05em; text-transform: uppercase; color: #63605a;
  border-bottom: 1px solid #dcd8d0; padding-bottom: 4px; margin: 28px 0 12px; }
h3 { font: 600 18px/1.3 Georgia, "Times New Roman", serif; margin: 0 0 2px; }
.item { margin: 0 0 24px; }
.about { color: #63605a; font-size: 14px; margin: 0 0 6px; }
blockquote { margin: 6px 0; padding: 0 0 0 12px; border-left: 3px solid #dcd8d0; }
mark { background: #ffe08a; color: #1c1b19; }
del { color: #9c2b1e; } ins { color: #1d6b3a; text-decoration: underline; }
.turn { margin: 4px 0; font-size: 15px; }
.foot { margin-top: 32px; padding-top: 12px; border-top: 1px solid #dcd8d0; color: #63605a; font-size: 14px; }
@media (prefers-color-scheme: dark) {
  body { background: #191817; color: #ece9e3; } a { color: #93bdf0; }
  .broken { background: #2c221c; border-color: #e08a52; }
  h2, .about, .foot { color: #b3aea5; } h2, blockquote, .foot { border-color: #44413c; }
  del { color: #f19a8d; } ins { color: #86d3a2; } mark { background: #ffe08a; color: #1c1b19; }
}
"""


def html(letter: Letter) -> str:
    """The whole letter as a page."""
    language = escape(letter.subscription.language)
    return (
        f'<!DOCTYPE html>\n<html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f"<title>{_safe(letter.subject)}</title><style>{STYLE}</style></head>\n"
        f'<body><div class="letter">\n{"".join(_blocks(letter))}</div></body></html>\n'
    )


def _blocks(letter: Letter) -> Iterator[str]:
    said = letter.phrases
    where = _link(letter.links.search(letter.subscription), letter.search)
    before, _, after = said["search"].partition("{search}")
    yield f'<p class="search">{_safe(before)} {where}{_safe(after)}</p>\n'
    if letter.broken:
        lines = "".join(f"<li>{_safe(line)}</li>" for line in broken_lines(letter))
        about = _link(letter.links.sources(), said["broken"])
        yield f'<div class="broken">{about}<ul>{lines}</ul></div>\n'
    if letter.note:
        yield f"<p>{_safe(letter.note)}</p>\n"
    kind = None
    for one in letter.told:
        if one.event.kind != kind:
            kind = one.event.kind
            yield f"<h2>{_safe(said[kind])}</h2>\n"
        yield f'<div class="item">{"".join(_item(letter, one))}</div>\n'
    if links := foot_links(letter):
        shown = " · ".join(_link(url, word) for word, url in links)
        yield f'<div class="foot"><p>{_safe(said["why"])}</p><p>{shown}</p></div>\n'


def _item(letter: Letter, one: Told) -> Iterator[str]:
    said, language = letter.phrases, letter.subscription.language
    yield f'<h3 lang="de"><a href="{escape(one.address)}"><bdi>{_marked(one.title)}</bdi></a></h3>'
    yield f'<p class="about">{_safe(one.publisher)}, {_safe(day_of(one.published_on, language))}</p>'
    if absence := absence_line(letter, one):
        yield f"<p>{_safe(absence)}</p>"
    for turn in one.turns:
        yield _turn(said, turn)
    if one.more_turns:
        yield f'<p class="turn">{_safe(said["more_changes"].format(n=one.more_turns))}</p>'
    if above := above_passage(letter, one):
        yield f'<p class="about">{_safe(above)}</p>'
    if one.passage.pieces:
        yield f'<blockquote lang="de"><bdi>{_marked(one.passage.pieces)}</bdi></blockquote>'


def _turn(said: dict[str, str], turn: Turn) -> str:
    label = f"{_safe(said['title_of'])}: " if turn.of_title else ""
    gone = f"<del>{_safe(turn.before)}</del> " if turn.before else ""
    came = f"<ins>{_safe(turn.after)}</ins>" if turn.after else ""
    sides = (_safe(turn.left), _safe(turn.right))
    return f'<p class="turn" lang="de">{label}<bdi>{sides[0]} {gone}{came} {sides[1]}</bdi></p>'


def _marked(pieces: Sequence[Piece]) -> str:
    return "".join(
        f"<mark>{escape(_line(piece.text))}</mark>" if piece.hit else escape(_line(piece.text))
        for piece in pieces
    )


def _line(text: str) -> str:
    """A piece without line ends and signs that nobody sees, its blanks at both ends kept."""
    inner = squeezed(text)
    return f"{' ' * text[:1].isspace()}{inner}{' ' * (bool(inner) and text[-1:].isspace())}"


def _link(url: str, words: str) -> str:
    return f'<a href="{escape(url)}">{_safe(words)}</a>'


def _safe(text: str) -> str:
    return escape(squeezed(text))
