"""Sentences and clauses: how much of a text speaks of the same thing as the time expression in it."""

import re

_STOP = re.compile(
    r"[.!?:…;](?<![\d.].)(?<!mio.)(?<!mrd.)(?<!tsd.)(?<!\bca.)(?<!\bdr.)(?<!prof.)(?<!bzw.)(?<!\bnr.)(?<!\bst.)[.…]*[\"“”»«')]*\s|\n|\.(?<=\d{3}\.)\s|\.(?<=,\d\d\.)\s"
    r"|\.(?<=\d\.)\s(?=(?:der|die|das|den|dem|im|am|in|eine?|es|er|sie|wir|ab|vom|zum|seit|auch|für|mit"
    r"|nach|bei|damit"
    r"|dazu|dies(?:e[rsmn]?)?|insgesamt|davon|zudem)\s)"
)
CLAUSE = re.compile(
    r",(?!\d)|[;()–]|\s-\s|\sund\s(?=(?:dauert|endet|beginnt|läuft|gilt|bleibt|folgt|solle?n?|wird|werden|will"
    r"|wollen|hat|haben|ist|sind|war|waren|wurden?|reichen|reicht|dauern|enden|laufen|gelten"
    r"|beginnen|bleiben)\s)"
)
_REACH = 200


def sentence(low: str, start: int, end: int) -> tuple[int, int]:
    """Where the sentence around low[start:end] begins and ends, at most a few lines away."""
    begin = max(0, start - _REACH)
    for stop in _STOP.finditer(low, begin, start):
        begin = stop.end()
    after = _STOP.search(low, end, end + _REACH)
    return begin, after.start() if after else min(len(low), end + _REACH)


def clause_around(low: str, begin: int, start: int, end: int, stop: int) -> tuple[int, int]:
    """Where the clause around low[start:end] begins and ends within the sentence low[begin:stop]."""
    first = begin
    for comma in CLAUSE.finditer(low, begin, start):
        first = comma.end()
    after = CLAUSE.search(low, end, stop)
    return first, after.start() if after else stop
