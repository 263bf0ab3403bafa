"""How exact an amount is meant: what "rund", "bis zu" or "über" before a number say."""

import re

from pipeline.extract.amounts.tokens import Token

_ABOUT = "rund rd rd. etwa circa ca ca. zirka ungefähr schätzungsweise voraussichtlich"
_AT_LEAST = "mindestens mind mind. wenigstens gut minimal ab"
_AT_MOST = "knapp fast maximal max max. höchstens nahezu beinahe annähernd unter"
_ONE_WORD: dict[str, str] = (
    dict.fromkeys(_ABOUT.split(), "about")
    | dict.fromkeys(_AT_LEAST.split(), "at_least")
    | dict.fromkeys(_AT_MOST.split(), "at_most")
)
_TWO_WORDS: dict[tuple[str, str], str] = {
    ("bis", "zu"): "at_most",
    ("mehr", "als"): "at_least",
    ("höher", "als"): "at_least",
    ("weniger", "als"): "at_most",
    ("geringer", "als"): "at_most",
    ("um", "die"): "about",
    ("an", "die"): "at_most",
}
_OPPOSITE = {"at_least": "at_most", "at_most": "at_least", "about": "about"}
# Words that may stand between the qualifier and the number.
_NEUTRAL = frozenset(
    "insgesamt zusammen je jeweils jährlich weitere weiteren zusätzliche zusätzlichen zusätzlich noch nochmals einmal"
    " immerhin nur genau exakt stolze dann davon weiterer derzeit aktuell bislang bisher gesamt allein".split()
)
_FARTHEST = 3
# "Bescheid über 5 Euro": after what a paper or a promise is made out for, "über" names the sum.
_PAPER = re.compile(
    r"(?:bescheid|scheck|zusage|vertrag|verträge|rechnung|urkunde|kredit|darlehen|bürgschaft|auftrag|aufträge|budget|programm"
    r"|paket|volumen|fonds|mitteilung|förderung|zuschuss|zuschüsse|zuwendung|antrag|anträge|spende|gutschein|finanzierung"
    r"|vereinbarung|anleihe|hilfe|summe|betrag|beträge|angebot|etat|haushalt|plan|stück|brief|bewilligung|quittung|garantie"
    r"|beleg|mittel|investition|tranche|prämie|stipendi|preis|karte|schein|los|teil)(?:e|en|er|es|s|n|ern|um|ums)?\Z"
)


def qualifier(tokens: list[Token], first: int) -> str:
    """What the tokens before tokens[first] say of the number there."""
    at = first - 1
    for _ in range(_FARTHEST):
        if at < 0 or tokens[at].kind != "word":
            return "exact"
        word = tokens[at].text.lower()
        said = _said(tokens, at, word)
        if said:
            return said
        if word not in _NEUTRAL:
            return "exact"
        at -= 1
    return "exact"


def _said(tokens: list[Token], at: int, word: str) -> str | None:
    before = tokens[at - 1].text.lower() if at else ""
    pair = _TWO_WORDS.get((before, word))
    if pair:
        negated = at >= 2 and tokens[at - 2].text.lower() == "nicht"
        return _OPPOSITE[pair] if negated else pair
    if word in ("über", "oberhalb"):
        return "exact" if _PAPER.search(before) else "at_least"
    if word == "bis":
        return "at_most"
    return _ONE_WORD.get(word)
