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
_VERBS = sorted({*cues.VERBS, *cues.PARTICLES, *cues.SUMS, *cues.OTHER_VERBS}, key=len, reverse=True)
# "Institut für Agrartechnik" is one name, "Zuschuss für Agrartechnik" is a purpose.
_HEADS = ("nstitut", "desamt", "entrum", "erein", "erband", "useum", "chaft", "schule", "tiftung")
NOT_IN_A_NAME = "".join(f"(?<!{head} )" for head in _HEADS)
_STOP = re.compile(
    r"[,;:!?()]|\s[–—]\s|\.(?=\s|$)|\s(?:19|20)\d\d\b|\sam (?=\d|\w+tag\b)|\san (?!der\b|dem\b)"
    rf"|\s{NOT_IN_A_NAME}für\b|\s(?:in Höhe von|i\. ?H\. ?v\.|im (?:Vorjahr|Jahr|vergangenen|kommenden)"
    r"|in diesem Jahr|von (?:rund |der EU|\d)|und (?:de[nmr]|die|das)\s"
    rf"|{'|'.join(_STOPS)}|{'|'.join(_VERBS)})(?![\w-])"
)
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
    stop = _STOP.search(text, start, limit)
    found = text[start : stop.start() if stop else limit].strip(" .\n-")
    for hanging in (" von", " in", " an", " auf"):
        found = found.removesuffix(hanging)
    named, _, last = found.rpartition(" ")
    if named and cues.is_paper(last.lower()):  # "der Stadt Hilfen von 5 Euro"
        found = named
    if found[:1].isdigit() or not any(letter.isupper() for letter in found):
        return None
    return None if len(found) < 2 or (stop and stop.start() == start) else found
