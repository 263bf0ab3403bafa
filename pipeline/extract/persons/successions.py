"""Those who held an office before: "Nachfolger von Malu Dreyer", "das Amt von Britta Ernst übernommen"."""

import re
from datetime import timedelta

from pipeline.extract.mentions import Context
from pipeline.extract.persons.choosing import NOBODY, Verdict, verdict_on
from pipeline.extract.persons.relations import Sighting

_BEFORE = re.compile(
    r"(?:Nachfolge(?:rin|r|rs)?|(?:Amts)?[Vv]orgänger(?:in|s)?|[Vv]orgängerregierung|Ära|Regierung|Kabinett|Amt"
    r"|Ministerium|Ressort|Erbe)(?: von| unter| an der Spitze von|,)? \Z"
    r"|\b(?:folgt|folgte|folgten|gefolgt|nachgefolgt) (?:auf )?\Z|\bunter \Z"
    r"|(?:\bMinister(?:in)? (?:hieß|war)|\b(?:führte|leitete|hatte) es) \Z"
    r"|Nachfolger(?:in)? [^.!?;:\n]{1,60}: \Z"
)
_AFTER = re.compile(
    r" (?:(?:im Amt|an der Spitze|als \w+|nach|ab|vor \w+ \w+) ){0,2}"
    r"(?:abgelöst|ablöste|übernommen|übernahm|nachfolgte|nachgefolgt|beerbte|beerbt|gefolgt|folgte|ersetzte?)\b"
)
_REACH = 90
_SOON = timedelta(days=90)  # so long before the term a successor is presented


def predecessor(text: str, sighting: Sighting, context: Context) -> Verdict:
    """The verdict on a full name that the text puts into somebody's office before him."""
    held = [
        entry
        for entry in sighting.reading.entries
        if any(
            term.jurisdiction == context.jurisdiction
            and (context.published is None or term.from_on <= context.published + _SOON)
            for term in entry.terms
        )
    ]
    if len(held) != 1 or not _is_succeeded(text, sighting.start, sighting.end):
        return NOBODY
    return verdict_on(held[0], None, context, 0.75, "full_name:succeeded")


def _is_succeeded(text: str, start: int, end: int) -> bool:
    return (
        _BEFORE.search(text, max(0, start - _REACH), start) is not None or _AFTER.match(text, end) is not None
    )
