"""Whether a sentence says that its amount is given: by a verb, by a paper, or not at all."""

from typing import NamedTuple

from pipeline.extract.grants import cues
from pipeline.extract.grants.cues import Cue
from pipeline.extract.grants.sentence import Governor, Sentence, Word, governor


class Frame(NamedTuple):
    """How an amount is given."""

    rule: str
    role: str  # hand, give, support, get, flow, paper
    status: str
    confidence: float
    verb: Word | None
    passive: bool


_TARGETS = frozenset({"in", "an", "nach", "ins", "für"})
_ORDER = {"hand": 0, "support": 1, "get": 2, "give": 3, "flow": 4}
_CONFIDENCE = {"hand": 0.95, "support": 0.9, "get": 0.85, "give": 0.85, "flow": 0.7}


def frame_of(sentence: Sentence) -> Frame | None:
    """The way in which the sentence says that its amount is given; None if it does not."""
    said = sentence.said
    if _denied(said):
        return None
    near = governor(sentence)
    paper = _hangs_on_paper(sentence, near) or _is_sum_of_paper(sentence, near)
    if not (said & cues.GIVES or paper) or _is_other_money(sentence, near):
        return None
    fitting = _fitting(sentence, near, paper) if said & cues.GIVES else []
    if not fitting:
        return _of_paper(near, paper, said)
    verb, cue = fitting[0] if len(fitting) == 1 else min(fitting, key=lambda item: _ORDER[item[1].role])
    is_form = cue.participle or verb.lower in cues.AMBIGUOUS
    passive = is_form and cue.role != "get" and bool(said & cues.PASSIVE_FORM)
    bonus = (0.05 if paper and cue.role != "hand" else 0.0) - (0.1 if passive else 0.0)
    confidence = round(_CONFIDENCE[cue.role] + bonus, 2)
    return Frame(cue.role, cue.role, _status(cue, verb, said), confidence, verb, passive)


def is_other(sentence: Sentence) -> bool:
    """Whether the amount is a cost, a price, a debt: anything but a gift."""
    return _denied(sentence.said) or _is_other_money(sentence, governor(sentence))


def _is_other_money(sentence: Sentence, near: Governor) -> bool:
    for noun in near.nouns:
        if cues.is_paper(noun):
            break
        if cues.is_damage(noun) or (near.preposition != "mit" and cues.is_other_money(noun)):
            return True
    behind = sentence.behind()
    touching = bool(behind) and sentence.words.starts[sentence.on] - sentence.amount[1] <= 1
    if touching and (
        behind in cues.AFTER_OTHER or (cues.is_other_money(behind) and not cues.is_paper(behind))
    ):
        return True
    if touching and behind == "an" and cues.is_other_money(sentence.behind(1)):
        return True
    return bool(sentence.said & cues.OTHER_VERB) and not any(map(cues.is_paper, near.nouns))


def _denied(said: int) -> bool:
    return bool(said & cues.DENIES) or said & (cues.MAY | cues.THANKS) == cues.MAY


def _is_sum_of_paper(sentence: Sentence, near: Governor) -> bool:
    """ "Die Förderung beträgt 40.000 Euro", "Der Zuschuss beläuft sich auf 77.000 Euro"."""
    if near.preposition not in ("", "auf", "bei") or not sentence.said & cues.SUM:
        return False
    opens, at = sentence.inside[0]
    subject = sentence.words.lower[opens:at]
    return (any(map(cues.is_paper, subject)) or _is_share(subject)) and not any(
        map(cues.is_other_money, subject)
    )


def _is_share(subject: list[str]) -> bool:
    """ "Der Anteil des Landes an der Sanierung beträgt 5 Euro" """
    return any(
        one in cues.SHARES and of in cues.STATES for one, of in zip(subject, subject[2:], strict=False)
    )


def _hangs_on_paper(sentence: Sentence, near: Governor) -> bool:
    if near.preposition in ("über", "von") and any(map(cues.is_paper, near.nouns)):
        return True
    if near.preposition == "" and cues.is_paper(near.nouns[0]):  # "(Zuschuss: 480.000 Euro)"
        return True
    behind = sentence.behind()
    if cues.is_paper(behind):
        return True
    return behind in ("an", "aus") and cues.is_paper(sentence.behind(1))  # "5.000 Euro an Fördermitteln"


def _fitting(sentence: Sentence, near: Governor, paper: bool) -> list[tuple[Word, Cue]]:
    """The verbs of giving in the clause that may have the amount as their object, each with its cue."""
    clause = sentence.within_clause()
    verbs = [(word, cue) for word in clause if (cue := cues.VERBS.get(word.lower))]
    return [(word, cue) for word, cue in verbs if _fits(sentence, word, cue, near, paper, clause)]


def _fits(sentence: Sentence, verb: Word, cue: Cue, near: Governor, paper: bool, clause: list[Word]) -> bool:
    # "sagte … zu", but "bereit gestellt" and "Über 5.000 Euro freut sich" turn round
    follows = cue.role != "get" and "bereit" not in cue.particles
    if cue.particles and not any(
        word.lower in cue.particles and (word.start > verb.start or not follows) for word in clause
    ):
        return False
    if cue.role == "hand":
        handed = any(cues.is_handed(word.lower) for word in clause)
        return handed or paper or (near.preposition in ("", "über") and not cue.particles)
    if cue.role == "support":
        return near.preposition == "mit" or (paper and near.preposition == "von")
    if cue.role == "get":
        return paper or near.preposition in ("", "über")
    if cue.role == "flow":
        if clause[-1].lower in cues.LEAVING:
            return False
        return near.preposition in ("", "über") and (verb.lower in cues.NEED_A_GIVER or _has_target(sentence))
    if verb.lower in ("gibt", "geben", "gab") and _spends_or_exists(clause, verb):
        return False
    return near.preposition in ("", "über") or paper


def _has_target(sentence: Sentence) -> bool:
    behind = sentence.words.lower[sentence.on : sentence.on + 5]
    return not _TARGETS.isdisjoint((*sentence.opening(2), *behind))


def _spends_or_exists(clause: list[Word], verb: Word) -> bool:
    return clause[-1].lower in ("aus", "ab", "zurück") or any(
        word.lower == "es" and abs(word.start - verb.start) < 8 for word in clause
    )


def _status(cue: Cue, verb: Word, said: int) -> str:
    if said & cues.INTENDS:
        return "planned"
    if verb.lower in cues.AMBIGUOUS or cue.participle:
        finished = bool(said & cues.PERFECT_FORM)
        if verb.lower in cues.AMBIGUOUS:
            return "given" if finished or cue.role == "hand" else "promised"
        return cue.status if finished or cue.role != "support" else "promised"
    return cue.status


def _of_paper(near: Governor, paper: bool, said: int) -> Frame | None:
    """A paper alone: "Der Bescheid über 500.000 Euro ging an …"."""
    if not paper:
        return None
    handed = any(cues.is_handed(noun) for noun in near.nouns)
    status = "planned" if said & cues.INTENDS else "given" if handed else "promised"
    return Frame("paper", "paper", status, 0.75 if handed else 0.6, None, False)
