"""What somebody typed into a search field, as an expression that FTS5 takes without complaint.

Words are joined by and; "…" is a phrase, or a word that stands by itself and not in a compound; -word or
NICHT word excludes, ODER joins alternatives, word* is a beginning, titel:word looks at titles only. Whatever
else was typed is read as words.
"""

import re
import unicodedata
from dataclasses import dataclass
from itertools import islice, product

from archive import lemmas

NOTHING = '""'  # matches no release, and is no error
MOST_WORDS = 40
MOST_READINGS = 6
_PIECE = re.compile(
    r'(?P<minus>[-−–])?(?P<title>tit(?:el|le):)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))', re.I
)
_TOKEN = re.compile(r"[^\W_]+")
_QUOTES = str.maketrans(dict.fromkeys("„“”«»", '"'))
_STOP = frozenset(
    "aber als am an auch auf aus bei bin bis das dass dem den der des die durch ein eine einem einen "
    "einer eines er es für hat ich ihr im in ist mit nach nicht noch nur oder sich sie sind so über um "
    "und uns unter vom von vor war was wer wie wird wo zu zum zur".split()
)


@dataclass(frozen=True, slots=True)
class Clause:
    """One word or phrase of a query."""

    tokens: tuple[str, ...]
    phrase: bool = False
    excluded: bool = False
    title_only: bool = False
    beginning: bool = False

    @property
    def whole(self) -> bool:
        """Whether parts of compounds do not count."""
        return self.phrase or len(self.tokens) > 1

    def readings(self) -> list[tuple[str, ...]]:
        """The rows of terms that this may stand for in the index."""
        return list(islice(product(*(lemmas.variants(token) for token in self.tokens)), MOST_READINGS))

    def expression(self) -> str:
        """The clause in FTS5's language."""
        if self.beginning:
            terms = [f'"{_joined((*map(lemmas.lemma, self.tokens[:-1]), lemmas.fold(self.tokens[-1])))}" *']
        else:
            terms = [f'"{_joined(reading)}"' for reading in self.readings()]
        columns = "title : " if self.title_only else "{title text} : " if self.whole else ""
        return columns + (terms[0] if len(terms) == 1 else f"({' OR '.join(terms)})")


@dataclass(frozen=True, slots=True)
class Query:
    """A query as groups of alternatives that must all be met, and clauses that must not."""

    groups: tuple[tuple[Clause, ...], ...]
    excluded: tuple[Clause, ...]

    def expression(self) -> str:
        """The whole query in FTS5's language; what is only excluded finds nothing."""
        if not self.groups:
            return NOTHING
        wanted = " AND ".join(
            group[0].expression() if len(group) == 1 else f"({' OR '.join(c.expression() for c in group)})"
            for group in self.groups
        )
        if not self.excluded:
            return wanted
        return f"({wanted}) NOT ({self.without()})"

    def without(self) -> str | None:
        """What must not stand in a text, in FTS5's language; None where nothing is excluded."""
        return " OR ".join(clause.expression() for clause in self.excluded) or None

    def sought(self) -> tuple[Clause, ...]:
        """The clauses that a hit shows, for marking them."""
        return tuple(clause for group in self.groups for clause in group)


def query_terms(typed: str) -> str:
    """What somebody typed, as an FTS5 expression over the terms of the index. Never raises.

    >>> query_terms('Fördermittel -Straße')
    '("foerdermittel") NOT ("strasse")'
    >>> query_terms('"')
    '""'
    """
    return parse(typed).expression()


def parse(typed: str) -> Query:
    """The clauses of what somebody typed."""
    groups: list[tuple[Clause, ...]] = []
    excluded: list[Clause] = []
    join = exclude = False
    for piece in islice(_PIECE.finditer(_plain(typed)), MOST_WORDS):
        word = piece["word"]
        if word in ("OR", "ODER", "|", "AND", "UND", "NOT", "NICHT"):
            join = word in ("OR", "ODER", "|") and bool(groups)
            exclude = word in ("NOT", "NICHT")
            continue
        clause = _clause(piece, exclude=exclude)
        if clause is None:
            continue
        if clause.excluded:
            excluded.append(clause)
        elif join:
            groups[-1] = (*groups[-1], clause)
        else:
            groups.append((clause,))
        join = exclude = False
    return Query(_without_stop_words(groups), tuple(excluded))


def _clause(piece: re.Match[str], *, exclude: bool) -> Clause | None:
    raw = piece["phrase"] if piece["phrase"] is not None else piece["word"]
    tokens = tuple(_TOKEN.findall(raw))
    if not tokens:
        return None
    return Clause(
        tokens,
        phrase=piece["phrase"] is not None,
        excluded=exclude or piece["minus"] is not None,
        title_only=piece["title"] is not None,
        beginning=raw.rstrip(")").endswith("*") and len(tokens[-1]) > 1,
    )


def _without_stop_words(groups: list[tuple[Clause, ...]]) -> tuple[tuple[Clause, ...], ...]:
    """Articles and the like stand in every text; they count only where nothing else was typed."""
    kept = [g for g in groups if len(g) > 1 or g[0].phrase or g[0].tokens[-1].lower() not in _STOP]
    return tuple(kept or groups)


def _plain(typed: str) -> str:
    return unicodedata.normalize("NFC", typed).translate(_QUOTES)


def _joined(terms: tuple[str, ...]) -> str:
    return " ".join(term for term in terms if term)
