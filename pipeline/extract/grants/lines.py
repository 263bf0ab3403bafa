"""Grants without a sentence: headlines ("440.000 Euro für …") and lines of a list under its heading."""

import re
from typing import NamedTuple

from pipeline.extract.grants import cues
from pipeline.extract.grants.frames import Frame
from pipeline.extract.grants.phrases import phrase

_QUALIFIED = re.compile(
    r"(?:Rund|Knapp|Fast|Über|Mehr als|Gut|Etwa|Weitere|Insgesamt|[-•*–▪]|\s)*", re.IGNORECASE
)
_GOES_TO = re.compile(
    r"\s(?:Euro\s)?(?:Zuschuss |Fördermittel |Förderung |Landesmittel |Bundesmittel )?(?P<to>für|an|nach)\s"
)
_TOTALS = re.compile(
    r"haushalt|landesweit|programm|paket|bundesweit|steuer|jede[nsr]?\b|kosten|schaden|strafe|bußgeld",
    re.IGNORECASE,
)
_ITEM = re.compile(
    r"\s*(?:[-•*–▪·]\s*)?(?P<name>[A-ZÄÖÜ„][^:\n]{2,120}?)\s*(?::|–|-|\()\s*(?:rund |ca\. |knapp )?\Z"
)
_LINE_ENDS = re.compile(r"[ ).;,]{0,2}(?:\n|\Z)|[ ).;,]{3}")  # three are taken for its end
_LONGEST_HEADLINE = 140
_LOOK_BACK = 1200
_WORD = re.compile(r"[^\W\d_]+")


_LABEL = re.compile(
    r"\s*(?:[-•*–▪·]\s*)?(?:(?:Der|Die|Das|Ein|Eine)\s)?(?P<paper>[A-ZÄÖÜ][\w-]+)\s(?:[^:\n]{1,60}?\s)?(?P<to>für|an)\s"
    r"(?P<name>[^:\n]{3,100}):\s(?:rund |ca\. |knapp |bis zu )?\Z"
)


class Headline(NamedTuple):
    frame: Frame
    recipient: str | None
    purpose: str | None


def may_be_headline(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] is short and ends without a full stop."""
    return end - start <= _LONGEST_HEADLINE and not text.endswith((".", "!", "?"), start, end)


def headline(line: str, first: int, last: int) -> Headline | None:
    """A headline that begins with its amount and says at once for what: line[first:last] is the amount."""
    goes_to = _GOES_TO.match(line, last)
    if (
        not goes_to
        or not _QUALIFIED.fullmatch(line, line.rfind(": ", 0, first) + 1, first)
        or _TOTALS.search(line, last)
    ):
        return None
    if any(word in cues.OTHER_VERBS for word in _WORD.findall(line.lower())):
        return None
    frame = Frame("headline", "headline", "promised", 0.7, None, False)
    named = phrase(line, goes_to.end(), len(line))
    return Headline(frame, named, None) if goes_to["to"] == "an" else Headline(frame, None, named)


def labelled(text: str, start: int, first: int) -> Headline | None:
    """A paper with its purpose, a colon and the amount: "Zuschuss für die Orgel: 30.000 Euro"."""
    label = _LABEL.match(text, start, first) if text.rfind(": ", start, first) >= 0 else None
    if label is None or not cues.is_paper(label["paper"].lower()):
        return None
    named = phrase(text, label.start("name"), label.end("name"))
    if named is None:
        return None
    frame = Frame("label", "label", "promised", 0.7, None, False)
    return Headline(frame, named, None) if label["to"] == "an" else Headline(frame, None, named)


def item(text: str, start: int, first: int, last: int) -> tuple[str, Frame] | None:
    """A line of a list, and whom it names; text[start:first] is what stands before its amount."""
    named = _ITEM.match(text, start, first) if _LINE_ENDS.match(text, last) else None
    if named is None:
        return None
    heading = _heading(text, start)
    words = [word.lower() for word in _WORD.findall(heading)]
    if not heading or not any(cues.is_paper(word) or _gives(word) for word in words):
        return None
    if any(cues.is_other_money(word) for word in words) or set(words) & cues.DENIALS:
        return None
    status = "planned" if set(words) & cues.INTENTIONS else "promised"
    return named["name"], Frame("list", "list", status, 0.75, None, False)


def _gives(word: str) -> bool:
    cue = cues.VERBS.get(word)
    return cue is not None and not cue.particles


def _heading(text: str, start: int) -> str:
    """The line above the list that ends in a colon; "" if there is none near."""
    above = text[max(0, start - _LOOK_BACK) : start].split("\n")
    for line in reversed(above):
        if line.rstrip().endswith(":"):
            return line
        if line.strip() and not any(map(str.isdigit, line)):
            return ""
    return ""
