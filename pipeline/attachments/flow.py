"""The text of a page as it flows: lines become paragraphs, words cut at a line's end are whole."""

import re
import unicodedata

CUT = "\x02\ufffe"  # how PDFium notes a hyphen at the end of a line; the line break behind it is gone
FULL = 0.8  # of the widest lines: a shorter line ends its paragraph
LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
_SPACES = re.compile(r"[^\S\n]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")
_CUT = re.compile(rf"[-\u2010\u00ad{CUT}](?:\n|(?<=[{CUT}]))(?=(\w+))")
_JOINING = frozenset("und oder bzw sowie bis noch".split())  # "Land- und Forstwirtschaft" keeps its hyphen


def flowed(raw: str) -> str:
    r"""A page's text with one newline between paragraphs.

    >>> flowed("Die Förder\u00ad\nmittel für Land-\nund Forstwirtschaft im Saale-Orla-\nKreis")
    'Die Fördermittel für Land- und Forstwirtschaft im Saale-Orla-Kreis'
    """
    text = _CONTROL.sub("", _CUT.sub(_mended, _lines(raw)).replace("\u00ad", ""))
    return "\n".join(_paragraphs(text.split("\n")))


def plain(raw: str) -> str:
    """A text whose lines are paragraphs already, with ordinary spaces and letters, without empty lines."""
    text = _CONTROL.sub("", _lines(raw).replace("\u00ad", ""))
    return "\n".join(line for line in text.split("\n") if line)


def _lines(raw: str) -> str:
    text = re.sub(r"\r\n?|[\f\v]", "\n", raw)
    text = _SPACES.sub(" ", unicodedata.normalize("NFC", text.translate(LIGATURES)))
    return "\n".join(line.strip() for line in text.split("\n"))


def _mended(cut: re.Match[str]) -> str:
    following = cut[1]
    if following.lower() in _JOINING:
        return "- "
    return "" if following[0].islower() else "-"


def _paragraphs(lines: list[str]) -> list[str]:
    widths = sorted(len(line) for line in lines if line)
    if not widths:
        return []
    full = FULL * widths[(len(widths) - 1) * 9 // 10]
    found: list[str] = []
    goes_on = False
    for line in lines:
        if line and goes_on:
            found[-1] += f" {line}"
        elif line:
            found.append(line)
        goes_on = bool(line) and len(line) >= full
    return found
