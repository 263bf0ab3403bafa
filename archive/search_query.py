"""What somebody typed into a search field, as an expression that FTS5 takes without complaint.

Words are joined by and; "…" is a phrase, or a word that stands by itself and not in a compound; =word is
the word in just this form; "…"~5 are words near each other; -word or NICHT word excludes, ODER joins
alternatives, word* is a beginning, titel:word looks at titles only, kreis:name and the like ask for facts.
Whatever else was typed is read as words.
"""

import re
import unicodedata
from dataclasses import dataclass
from itertools import islice, product

from archive import lemmas
from archive.search_fields import FIELDS, Field

NOTHING = '""'  # matches no release, and is no error
MOST_WORDS = 40
MOST_READINGS = 6
FARTHEST = 100  # words between those of "…"~n
_PIECE = re.compile(
    r"""\(*(?P<minus>[-−–])?(?P<field>[^\W\d_]+:)?(?P<exact>=)?
    (?:"(?P<phrase>[^"]*)"?(?:~(?P<near>\d{1,3}))?|(?P<word>[^\s"]+))""",
    re.X,
)
_TOKEN = re.compile(r"[^\W_]+")
_QUOTES = str.maketrans(dict.fromkeys("„“”«»", '"'))
_TITLE = ("titel:", "title:")
_OR = ("OR", "ODER", "|")
_JOINTS = (*_OR, "AND", "UND", "&", "NOT", "NICHT", "OHNE")
_STOP = frozenset(
    "aber als am an auch auf aus bei bin bis das dass dem den der des die durch ein eine einem einen "
    "einer eines er es für hat ich ihr im in ist mit nach nicht noch nur oder sich sie sind so über um "
    "und uns unter viele vom von vor wann war warum was welche welcher welches wer wie wieviel wird wo zu "
    "zum zur".split()
)


@dataclass(frozen=True, slots=True)
class Clause:
    """One word or phrase of a query."""

    tokens: tuple[str, ...]
    phrase: bool = False
    excluded: bool = False
    title_only: bool = False
    beginning: bool = False
    written: bool = False  # in just this form: the index finds candidates, the text decides
    near: int = 0  # so many words may stand between the tokens, in any order; 0 where they stand in a row

    @property
    def whole(self) -> bool:
        """Whether parts of compounds do not count."""
        return self.phrase or self.written or len(self.tokens) > 1

    def readings(self) -> list[tuple[str, ...]]:
        """The rows of terms that this may stand for in the index."""
        return list(islice(product(*(lemmas.variants(token) for token in self.tokens)), MOST_READINGS))

    def expression(self) -> str:
        """The clause in FTS5's language."""
        if self.near:
            rows = (" ".join(f'"{term}"' for term in reading if term) for reading in self.readings())
            terms = [f"NEAR({row}, {self.near})" for row in rows]
        elif self.beginning:
            terms = [f'"{_joined((*map(lemmas.lemma, self.tokens[:-1]), lemmas.fold(self.tokens[-1])))}" *']
        else:
            terms = [f'"{_joined(reading)}"' for reading in self.readings()]
        columns = "title : " if self.title_only else "{title text} : " if self.whole else ""
        return columns + (terms[0] if len(terms) == 1 else f"({' OR '.join(terms)})")


Alternative = Clause | Field


@dataclass(frozen=True, slots=True)
class Query:
    """A query as groups of alternatives that must all be met, and what must not be."""

    groups: tuple[tuple[Alternative, ...], ...]
    excluded: tuple[Alternative, ...] = ()
    unclear: tuple[str, ...] = ()  # fields whose values nobody understands, as typed

    def words(self) -> list[tuple[Clause, ...]]:
        """The groups that are words alone, for the full text index."""
        return [c for group in self.groups if len(c := _clauses(group)) == len(group)]

    def expression(self) -> str:
        """The words of the query in FTS5's language; what is only excluded finds nothing."""
        if not (groups := self.words()):
            return NOTHING
        wanted = " AND ".join(
            group[0].expression() if len(group) == 1 else f"({' OR '.join(c.expression() for c in group)})"
            for group in groups
        )
        without = self.without()
        return f"({wanted}) NOT ({without})" if without else wanted

    def without(self) -> str | None:
        """What must not stand in a text, in FTS5's language; None where nothing is excluded."""
        return " OR ".join(c.expression() for c in _clauses(self.excluded) if not c.written) or None

    def sought(self) -> tuple[Clause, ...]:
        """The clauses that a hit shows, for marking them."""
        return tuple(clause for group in self.groups for clause in _clauses(group))


def query_terms(typed: str) -> str:
    """What somebody typed, as an FTS5 expression over the terms of the index. Never raises.

    >>> query_terms('Fördermittel -Straße')
    '("foerdermittel") NOT ("strasse")'
    >>> query_terms('"')
    '""'
    """
    return parse(typed).expression()


def parse(typed: str) -> Query:
    """The clauses and fields of what somebody typed."""
    groups: list[tuple[Alternative, ...]] = []
    excluded: list[Alternative] = []
    unclear: list[str] = []
    join = exclude = False
    for piece in islice(_PIECE.finditer(_plain(typed)), MOST_WORDS):
        word = piece["word"]
        if word in _JOINTS and not piece["field"]:
            join = word in _OR and bool(groups)
            exclude = word in _JOINTS[-3:]
            continue
        read = _field(piece, exclude=exclude) or _clause(piece, exclude=exclude)
        if isinstance(read, Field) and read.condition("f") is None:
            unclear.append(piece[0].lstrip("(").rstrip(")"))
        elif read is not None and read.excluded:
            excluded.append(read)
        elif read is not None and join:
            groups[-1] = (*groups[-1], read)
        elif read is not None:
            groups.append((read,))
        join = exclude = False
    return Query(_without_stop_words(groups), tuple(excluded), tuple(unclear))


def _field(piece: re.Match[str], *, exclude: bool) -> Field | None:
    name = (piece["field"] or "").rstrip(":").lower()
    if name not in FIELDS:
        return None
    raw = piece["phrase"] if piece["phrase"] is not None else piece["word"].rstrip(")")
    value = ("=" if piece["exact"] else "") + raw
    return Field(name, value, excluded=exclude or piece["minus"] is not None)


def _clause(piece: re.Match[str], *, exclude: bool) -> Clause | None:
    raw = piece["phrase"] if piece["phrase"] is not None else piece["word"]
    title_only = (piece["field"] or "").lower() in _TITLE
    if piece["field"] and not title_only:
        raw = f"{piece['field']} {raw}"
    tokens = tuple(_TOKEN.findall(raw))
    if not tokens:
        return None
    near = min(int(piece["near"] or 0), FARTHEST) if len(tokens) > 1 else 0
    return Clause(
        tokens,
        phrase=piece["phrase"] is not None,
        excluded=exclude or piece["minus"] is not None,
        title_only=title_only,
        beginning=raw.rstrip(")").endswith("*") and len(tokens[-1]) > 1 and not near,
        written=piece["exact"] is not None and not near,
        near=near,
    )


def _clauses(alternatives: tuple[Alternative, ...]) -> tuple[Clause, ...]:
    return tuple(a for a in alternatives if isinstance(a, Clause))


def _without_stop_words(groups: list[tuple[Alternative, ...]]) -> tuple[tuple[Alternative, ...], ...]:
    """Articles and the like stand in every text; they count only where nothing else was typed."""
    kept = [g for g in groups if len(g) > 1 or not _is_stop_word(g[0])]
    return tuple(kept or groups)


def _is_stop_word(read: Alternative) -> bool:
    if isinstance(read, Field) or read.phrase or read.written or len(read.tokens) > 1:
        return False
    return read.tokens[-1].lower() in _STOP


def _plain(typed: str) -> str:
    return unicodedata.normalize("NFC", typed).translate(_QUOTES)


def _joined(terms: tuple[str, ...]) -> str:
    return " ".join(term for term in terms if term)
