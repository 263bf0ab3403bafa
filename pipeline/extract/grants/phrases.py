"""Noun phrases by their surface: where one begins is known, where it ends is a matter of stop words."""

import re

from pipeline.extract.grants import cues

_LONGEST = 140
_STOPS = """
    mit zur zum bei um durch aus über ab als bis seit sowie bevor während vom einen einem eine heute
    gestern morgen bereits jährlich erneut zusätzlich nun jetzt zudem noch rund etwa knapp fast
    insgesamt jeweils weitere zu wird werden wurde wurden worden ist sind war hat haben hatte hatten
    will wollen soll sollen kann können konnte konnten darf dürfen steht stehen verwendet genutzt
    eingesetzt aushändigt saniert erneuert gebaut zugute
    """.split()
_STOP_WORDS = frozenset({*_STOPS, *cues.VERBS, *cues.PARTICLES, *cues.SUMS, *cues.OTHER_VERBS})
# "Institut für Agrartechnik" is one name, "Zuschuss für Agrartechnik" is a purpose.
_HEADS = ("nstitut", "desamt", "entrum", "erein", "erband", "useum", "chaft", "schule", "tiftung")
NOT_IN_A_NAME = "".join(f"(?<!{head} [Ff]ür)" for head in _HEADS)  # to follow "für"
_IN_A_NAME = re.compile(rf"(?:{'|'.join(_HEADS)})\Z")
# These end a phrase only before certain words: "am Markt" goes on, "am 5. Mai" does not.
_ENDS_BEFORE = {
    "am": re.compile(r"\s(?:\d|\w+tag\b)"),
    "an": re.compile(r"\s(?!der\b|dem\b)"),
    "in": re.compile(r"\s(?:Höhe von|diesem Jahr)"),
    "im": re.compile(r"\s(?:Vorjahr|Jahr|vergangenen|kommenden)"),
    "von": re.compile(r"\s(?:rund |der EU|\d)"),
    "und": re.compile(r"\s(?:de[nmr]|die|das)\s"),
    "i": re.compile(r"\. ?H\. ?v\."),
}
_STEP = re.compile(r"\s(?P<word>[^\W_]+(?:-[^\W_]+)*)|[,;:!?()]|\.(?=\s|\Z)|\s[–—]\s")
_LEADING = re.compile(
    r"\s*(?:(?:die|der|das|den|dem|des|ein|eine|einen|einem|einer|ihre[nmrs]?|seine[nmrs]?|diese[nmrs]?|auch|dann|so|nun|jetzt"
    r"|somit|damit|zudem|dabei|dafür|insgesamt|jeweils|heute|gestern|bereits|hier|sich)\s+)*",
    re.IGNORECASE,
)
_PREPOSITIONAL = re.compile(
    r"(?:Für|Mit|In|Im|Am|An|Aus|Von|Vom|Zur|Zum|Bei|Auf|Seit|Nach|Über|Um|Beim|Bis|Durch|Dank|Unter|Als|Zuvor|Rund|Insgesamt"
    r"|Wegen|Trotz|Ohne|Gegen|Zwischen|Vor|Hinter|Neben)\b",
    re.IGNORECASE,
)


def phrase(text: str, start: int, limit: int) -> str | None:
    """The noun phrase that begins at text[start], without its article; None if there is none."""
    limit = min(limit, start + _LONGEST)
    leading = _LEADING.match(text, start, limit)
    start = leading.end() if leading else start
    if start >= limit or _PREPOSITIONAL.match(text, start, limit):
        return None
    found = text[start : _end(text, start, limit)].strip(" .\n-")
    for hanging in (" von", " in", " an", " auf"):
        found = found.removesuffix(hanging)
    named, _, last = found.rpartition(" ")
    if named and cues.is_paper(last.lower()):  # "der Stadt Hilfen von 5 Euro"
        found = named
    if found[:1].isdigit() or not any(letter.isupper() for letter in found):
        return None
    return found if len(found) > 1 else None


def _end(text: str, start: int, limit: int) -> int:
    for step in _STEP.finditer(text, start, limit):
        word = step["word"]
        if word is None or word in _STOP_WORDS or (word.isdecimal() and len(word) == 4):
            return step.start()
        if word == "für" and not _IN_A_NAME.search(text, start, step.start()):
            return step.start()
        if word in _ENDS_BEFORE and _ENDS_BEFORE[word].match(text, step.end()):
            return step.start()
    return limit
