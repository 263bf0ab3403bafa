"""Whether a bare surname is the person whom the text introduces elsewhere."""

import re
from typing import NamedTuple

from pipeline.extract.persons.names import surname_key
from pipeline.extract.persons.register import fold, register
from pipeline.extract.persons.relations import Sighting
from pipeline.extract.persons.words import (
    ABSTRACT,
    AFTER_CONJUNCTION,
    COMMON,
    DETERMINERS,
    HEADLINE_PREPOSITIONS,
    NOT_A_PERSON_AFTER,
    NOT_A_PERSON_BEFORE,
    OFFICE_VERBS,
    PERSON_BEFORE,
    PLACE_PREPOSITIONS,
    SENTENCE_HEADS,
    TOWNS,
    VERBS,
    WORDS,
)

_BEFORE = re.compile(r"([\w.-]+)([ \u00a0]?[„“\"»(]?| )$")
_AFTER = re.compile(r"(['’]?)(\W{0,3})([\w.&-]*)")
_VERB = re.compile(
    r"(?!(?:mit|seit|statt|nicht|erst|fast|jetzt|dort|laut|samt|selbst|heute|bereits|weit|bitte|gute|beste|erste)$)"
    r"[a-zäöüß]*(?:[a-zäöüß]t|te|ten|sprach|gab|nahm|kam|ging|rief|wies|hob|lud|bat|sah|hielt|ließ|fand|trat|traf"
    r"|blieb|schrieb|zog|schloss|stand|fing|wird|war|sei|will|kann|warb|fuhr|trug|half|riet|bot|schien|betrat)"
)
_RIVER = re.compile(  # Weil am Rhein, Weil der Stadt; but: sagte Weil am Montag
    r" (?:(?:am|ob|unter|an der|ob der|in der|vor der) |der (?=Stadt)|in (?=Holstein)"
    r"|im (?=(?:Schön|Erz|Schwarz|Vogels|Oden|Wester)\w|Hunsrück))"
    r"(?!\w*(?:tag|abend|woch|uar|märz|april|mai|ber)\b)[A-ZÄÖÜ]"
)
_PAIR_AFTER = re.compile(r" und ([A-ZÄÖÜ]\w+)")
_PAIR_BEFORE = re.compile(r"([A-ZÄÖÜ]\w+) und $")
_ABBREVIATION = re.compile(r"(?:Dr|Prof|St|Hr|Fr|Nr|Str|ca|bzw|[A-ZÄÖÜa-z])\.")
NOUN_ENDINGS = tuple(
    "ung ungen heit keit schaft tät ion ionen zeit rede reden satz wort worte worten plan pläne besuch "
    "vorschlag initiative politik kritik appell".split()
)
_ENDS = (":", ",", ".", ";", ")", "“", "«", " –", " -", "!", "?")


_TOWN = r"[A-ZÄÖÜ][\w-]+(?: (?:am|an der|im) [A-ZÄÖÜ]\w+)?"
_AMONG_TOWNS = re.compile(
    rf"\b(?:in|aus|nach|bei|zwischen) ((?:{_TOWN}, ){{0,6}}{_TOWN})(?:, | und | sowie )$"
)
_GROUP = re.compile(r"[A-ZÄÖÜ]\w+ (?:der|des) $")  # Verein der Schäfer
_THING = re.compile(  # ein seltener Vogel, gab es Hering
    r"\b(?:(?:[Dd](?:er|ie|as|en|em|es)|[Kk]?[Ee]ine?[nmrs]?) [a-zäöüß]+e[nmrs]?|(?:gab|gibt) es) $"
)
_OF_A_LAND = re.compile(r"\b[a-zäöüß-]+ische[mnrs]? $")  # aus dem hessischen Biedenkopf


class Company(NamedTuple):
    """What stands around a surname."""

    before: str  # the word before, "" at the beginning of a line
    at_head: bool  # of a sentence, a line or a quotation
    gap: str  # up to the word after
    after: str
    genitive: bool
    headline: bool  # it is the first word of the text


def objection(text: str, sighting: Sighting) -> str | None:
    """Why the surname at its place is no person, or None."""
    if sighting.address:
        return "a family" if sighting.address in ("Familie", "Eheleute") else None
    company = _company(text, sighting)
    surname = sighting.reading.surname
    if surname in TOWNS and _RIVER.match(text, sighting.end):
        return "a town by its river"
    if reason := _attributed(text, surname, sighting.start):
        return reason
    if company.after.casefold() in NOT_A_PERSON_BEFORE and company.gap == " " and not company.genitive:
        return "part of another name"
    reason = None if company.at_head else _after_word(surname, company)
    if reason is None and (surname in TOWNS or surname in WORDS):
        if _paired(text, sighting.reading.start, sighting.end):
            return "Jung und Alt" if surname in ("jung", "alt") else None
        return _unlike_a_person(surname, company)
    return reason


def _attributed(text: str, surname: str, start: int) -> str | None:
    """What the words before the surname make of it, if no person."""
    before = text[max(0, start - 40) : start]
    if before.endswith(("der ", "des ")) and _GROUP.search(before):
        return "a group of this name"
    if surname in WORDS and _THING.search(before):
        return "a thing of this name"
    if surname in TOWNS and (_OF_A_LAND.search(before) or _among_towns(text, start)):
        return "a town of this name"
    return None


def _among_towns(text: str, start: int) -> bool:
    """ "in Buchloe, Höhn und Verden": after a preposition and names that no minister bears."""
    found = _AMONG_TOWNS.search(text, max(0, start - 120), start)
    return found is not None and not any(surname_key(name) for name in found[1].split(", "))


def acts_in_office(text: str, sighting: Sighting) -> bool:
    """Whether the surname opens a sentence or headline with what ministers do: "Beck besucht …"."""
    company = _company(text, sighting)
    return company.at_head and company.gap == " " and company.after in OFFICE_VERBS


def another_degree(text: str, sighting: Sighting, introduced: list[int]) -> str | None:
    """ "Professor Schulze" is not the minister Schulze who was introduced without a degree."""
    if sighting.start == sighting.reading.start or sighting.reading.surname not in COMMON or sighting.address:
        return None
    if any(degree in text[start : start + 60] for start in introduced for degree in ("Dr.", "Prof")):
        return None
    return "a degree that the introduction does not have"


def _company(text: str, sighting: Sighting) -> Company:
    start, end = sighting.reading.start, sighting.end
    found = _BEFORE.search(text, max(0, sighting.start - 32), sighting.start)
    before, gap = (found.group(1), found.group(2)) if found else ("", "")
    at_head = (
        not before
        or gap not in (" ", "\u00a0")
        or (before.endswith(".") and not _ABBREVIATION.fullmatch(before))
    )
    after = _AFTER.match(text, end)
    following = (after.group(2), after.group(3).rstrip(".")) if after else ("", "")
    return Company(
        before,
        at_head,
        *following,
        genitive=fold(text[start:end]) != sighting.reading.surname,
        headline=sighting.start == 0,
    )


def _paired(text: str, start: int, end: int) -> bool:
    """Whether another minister's surname stands beside it: Spiegel und Lewentz."""
    after, before = _PAIR_AFTER.match(text, end), _PAIR_BEFORE.search(text, max(0, start - 32), start)
    return any(pair and surname_key(pair.group(1)) for pair in (after, before))


def _after_word(surname: str, company: Company) -> str | None:
    """In Tiefensee, the firm Keller, Aurelia Keller; but: in Söders Garten."""
    before = company.before.casefold()
    possessive = company.genitive and surname not in TOWNS and company.after[:1].isupper()
    if before in NOT_A_PERSON_AFTER and not (possessive and before in ("in", "im", "am")):
        return f"after {company.before}"
    if before in PLACE_PREPOSITIONS and surname in TOWNS:
        return f"after {company.before}"
    if company.genitive and is_noun(company.before) and not surname_key(company.before):
        return None  # eine der letzten Amtshandlungen Habecks
    if company.before[0].isupper() and before not in SENTENCE_HEADS and before not in PLACE_PREPOSITIONS:
        return f"after the name or noun {company.before}"
    return None


def is_noun(word: str) -> bool:
    """Whether a capitalised word is a noun by its ending, and so no given name."""
    return word[0].isupper() and word.endswith(NOUN_ENDINGS) and word not in register().given


def _unlike_a_person(surname: str, company: Company) -> str | None:
    """A surname that is a town or a word needs company that only persons have."""
    verb = bool(_VERB.fullmatch(company.after)) or company.after in VERBS
    if company.at_head:
        if surname == "weil" and company.gap == " " and company.after.casefold() in AFTER_CONJUNCTION:
            return "a conjunction"
        if company.after in ("und", "auch", "sowie", "selbst") and surname not in ABSTRACT:
            return None
        if verb or company.gap.startswith(_ENDS) or (company.genitive and company.after[:1].isupper()):
            return None
        if company.headline and company.after in HEADLINE_PREPOSITIONS:
            return None  # Stolpe im Oderbruch
        return "head of a sentence without a verb"
    before = company.before.casefold()
    if before in DETERMINERS:
        return f"after {company.before}"
    if before in VERBS or _VERB.fullmatch(before):
        return None
    usual = before in PERSON_BEFORE or before in SENTENCE_HEADS
    if verb and company.gap == " " and (usual or surname not in ABSTRACT):
        return None
    if surname not in ABSTRACT and (usual or company.genitive):
        return None
    return f"a word after {company.before}"
