"""Help for a search that finds little: the word that was meant, the name as the archive has it."""

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from archive import lemmas
from archive.filters import day
from archive.search_fields import Field, name_key
from archive.search_query import Clause, Query
from archive.search_terms import token_pattern
from archive.selection import Asked
from serve.language import N_, gettext
from serve.words import in_time

SHORTEST = 4  # shorter words are too many, one letter apart
FEW_LETTERS = 6  # up to this length one letter may be wrong, from then on two
ALIKE = 70  # of 100, for names
PATIENCE_MS = 120
# Reading a stretch of the vocabulary counts the hits of each word in it.
_VOCABULARY = "CREATE VIRTUAL TABLE IF NOT EXISTS temp.search_words USING fts5vocab(main, releases_fts, row)"
_WORDS = """
SELECT term, doc FROM temp.search_words
WHERE term >= :from AND term < :to AND length(term) BETWEEN :shortest AND :longest
"""
_KNOWN = "SELECT 1 FROM releases_fts WHERE releases_fts MATCH ? LIMIT 1"
_TEXT = """
SELECT releases.title || ' ' || versions.text FROM releases JOIN versions ON versions.id = releases.version_id
WHERE releases.rowid = (SELECT rowid FROM releases_fts WHERE releases_fts MATCH ? LIMIT 1)
"""
UNCLEAR = N_("Nicht verstanden: %(typed)s. Die Suchhilfe zeigt, wie es geht.")
_NAMES = {
    **dict.fromkeys(
        ("kreis", "landkreis"),
        ("SELECT name FROM districts", N_("Einen Kreis „%(name)s“ kennt das Archiv nicht.")),
    ),
    **dict.fromkeys(
        ("gemeinde", "ort", "stadt"),
        (
            "SELECT name FROM municipalities UNION SELECT name FROM districts",
            N_("Einen Ort „%(name)s“ kennt das Archiv nicht."),
        ),
    ),
    **dict.fromkeys(
        ("minister", "ministerin", "person"),
        ("SELECT name FROM ministers", N_("Eine Person „%(name)s“ kennt das Archiv nicht.")),
    ),
    **dict.fromkeys(
        ("herausgeber", "ministerium", "von"),
        (
            "SELECT name FROM publishers UNION SELECT name FROM publisher_names",
            N_("Einen Herausgeber „%(name)s“ kennt das Archiv nicht."),
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class Hint:
    """A sentence that helps, and the query it offers."""

    said: str
    query: str = ""


def hints(connection: sqlite3.Connection, what: Asked, *, few: bool) -> list[Hint]:
    """What to try instead: of fields that nobody understands always, of words where the hits are few."""
    query = what.query
    found = [Hint(gettext(UNCLEAR, typed=typed)) for typed in query.unclear]
    if few:
        found += _names(connection, what.q, query)
        if (meant := _meant(connection, what.q, query)) != what.q:
            found.append(Hint(gettext("Meinten Sie"), meant))
    return found


def _meant(connection: sqlite3.Connection, typed: str, query: Query) -> str:
    """The query with words that the archive knows in the place of those that it does not."""
    for clause in query.sought():
        for token in clause.tokens:
            if len(token) < SHORTEST or clause.beginning or any(c.isdigit() for c in token):
                continue
            if not _is_known(connection, token) and (word := _nearest(connection, token)):
                typed = re.sub(rf"(?<!\w){re.escape(token)}(?!\w)", word, typed, count=1)
    return typed


def _is_known(connection: sqlite3.Connection, token: str) -> bool:
    return connection.execute(_KNOWN, (Clause((token,)).expression(),)).fetchone() is not None


def _nearest(connection: sqlite3.Connection, token: str) -> str | None:
    """The word of the archive with the fewest letters changed, the more frequent one of two."""
    connection.execute(_VOCABULARY)
    term = lemmas.fold(token)
    furthest = 1 if len(term) <= FEW_LETTERS else 2
    words: dict[str, int] = {}
    # Who mistypes a word mostly gets its beginning right, or exchanges its first two letters.
    for start in dict.fromkeys((term[:2], term[1::-1])):
        bounds: dict[str, object] = {"from": start, "to": f"{start}\U0010ffff"}
        bounds |= {"shortest": len(term) - furthest, "longest": len(term) + furthest}
        words |= dict(in_time(connection, _WORDS, bounds, PATIENCE_MS) or [])
    near = process.extract(term, words.keys(), scorer=OSA.distance, score_cutoff=furthest, limit=None)
    if not near:
        return None
    best = min(near, key=lambda found: (found[1], -words[found[0]]))[0]
    return _as_written(connection, best)


def _as_written(connection: sqlite3.Connection, term: str) -> str:
    """A term of the index as a text of the archive has it."""
    row = connection.execute(_TEXT, (f'{{title text}} : "{term}"',)).fetchone()
    if row is None:
        return term
    words = (word for word in token_pattern(row[0]).findall(row[0]) if lemmas.lemma(word) == term)
    return min(words, key=len, default=term)


def _names(connection: sqlite3.Connection, typed: str, query: Query) -> Iterator[Hint]:
    for field in (read for group in query.groups for read in group if isinstance(read, Field)):
        if field.name not in _NAMES or field.value.isdigit():
            continue
        sql, unknown = _NAMES[field.name]
        names = [str(name) for (name,) in connection.execute(sql)]
        wanted = name_key(field.value)
        is_day = field.name == "von" and day(field.value)
        if is_day or any(wanted in name_key(name) for name in names):
            continue
        said = gettext(unknown, name=field.value)
        near = process.extractOne(field.value, names, scorer=fuzz.WRatio, score_cutoff=ALIKE)
        meant = typed.replace(field.value, near[0] if '"' in typed else f'"{near[0]}"', 1) if near else ""
        yield Hint(f"{said} {gettext('Meinten Sie')}" if near else said, meant)
