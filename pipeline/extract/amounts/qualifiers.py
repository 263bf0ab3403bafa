"""How exact an amount is meant: what "rund", "bis zu" or "über" before a number say."""

import re

from pipeline.extract.amounts.tokens import Token, lower

_ABOUT = "rund rd rd. etwa circa ca ca. zirka ungefähr schätzungsweise voraussichtlich"
_AT_LEAST = "mindestens mind mind. wenigstens gut minimal ab"
_AT_MOST = "knapp fast maximal max max. höchstens nahezu beinahe annähernd unter"
ONE_WORD: dict[str, str] = (
    dict.fromkeys(_ABOUT.split(), "about")
    | dict.fromkeys(_AT_LEAST.split(), "at_least")
    | dict.fromkeys(_AT_MOST.split(), "at_most")
)
TWO_WORDS: dict[tuple[str, str], str] = {
    ("bis", "zu"): "at_most",
    ("mehr", "als"): "at_least",
    ("höher", "als"): "at_least",
    ("weniger", "als"): "at_most",
    ("geringer", "als"): "at_most",
    ("um", "die"): "about",
    ("an", "die"): "at_most",
}
SAYING = ONE_WORD.keys() | {"zu", "als", "die", "über", "oberhalb", "bis"}
_OPPOSITE = {"at_least": "at_most", "at_most": "at_least", "about": "about"}
# Words that may stand between the qualifier and the number.
NEUTRAL = frozenset(
    "insgesamt zusammen je jeweils jährlich weitere weiteren weiterer zusätzliche zusätzlichen zusätzlich"
    " noch nochmals einmal immerhin nur genau exakt stolze dann davon derzeit aktuell"
    " bislang bisher jedoch aber".split()
)
_FARTHEST = 3
# "Bescheid über 5 Euro": after what a paper or a promise is made out for, "über" names the sum.
_PAPER = re.compile(
    r"(?:bescheid|scheck|zusage|vertrag|verträge|rechnung|urkunde|kredit|darlehen|bürgschaft|auftrag|aufträge"
    r"|budget|programm|paket|volumen|fonds|mitteilung|förderung|zuschuss|zuschüsse|zuwendung|antrag|anträge"
    r"|spende|gutschein|finanzierung|vereinbarung|anleihe|hilfe|summe|betrag|beträge|angebot|etat|haushalt|plan"
    r"|stück|brief|bewilligung|quittung|garantie|beleg|mittel|investition|tranche|prämie|stipendi|preis|karte"
    r"|schein|los|teil)(?:e|en|er|es|s|n|ern|um|ums)?\Z"
)


def is_paper(word: str) -> bool:
    """Whether a word in lower case names what is made out for a sum."""
    return _PAPER.search(word) is not None


def qualifier(tokens: list[Token], first: int) -> str:
    """What the tokens before tokens[first] say of the number there."""
    at = first - 1
    for _ in range(_FARTHEST):
        word = lower(tokens, at)
        said = _said(tokens, at, word)
        if said:
            return said
        if word not in NEUTRAL:
            return "exact"
        at -= 1
    return "exact"


def _said(tokens: list[Token], at: int, word: str) -> str | None:
    if word not in SAYING:
        return None
    before = lower(tokens, at - 1)
    pair = TWO_WORDS.get((before, word))
    if pair:
        return _OPPOSITE[pair] if lower(tokens, at - 2) == "nicht" else pair
    if word in ("über", "oberhalb"):
        return "exact" if is_paper(before) else "at_least"
    if word == "bis":
        return "at_most"
    return ONE_WORD.get(word)
