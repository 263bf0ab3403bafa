"""The language a page speaks: German as it stands in the source, others from catalogues in `serve/locale`.

A request speaks the language that `serve.language_choice` found for it; outside of a request it is German.
"""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar, copy_context
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import NamedTuple, TypeVar


class Language(NamedTuple):
    """A language of our pages."""

    name: str  # as its speakers call it
    locale: str  # whose numbers and days it shows


GERMAN = "de"
LANGUAGES = {GERMAN: Language("Deutsch", "de_DE"), "en": Language("English", "en_GB")}
CATALOGUES = Path(__file__).parent / "locale"
Answer = TypeVar("Answer")
Asked = TypeVar("Asked")
_spoken: ContextVar[str] = ContextVar("spoken", default=GERMAN)


def language() -> str:
    """The code of the language that is spoken now."""
    return _spoken.get()


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Speak a language within the block."""
    before = _spoken.set(code)
    try:
        yield
    finally:
        _spoken.reset(before)


def gettext(message: str, **values: object) -> str:
    """A German message in the language that is spoken, with its `%(name)s` filled in.

    >>> gettext("Nicht gefunden"), gettext("%(n)s von %(all)s", n=1, all=2)
    ('Nicht gefunden', '1 von 2')
    """
    said = translations(language()).gettext(message) if message else ""
    return said % values if values else said


def ngettext(one: str, many: str, count: float, **values: object) -> str:
    """A message that depends on a number, in the language that is spoken."""
    said = translations(language()).ngettext(one, many, count)  # type: ignore[arg-type]  # 2.5 is many
    return said % values if values else said


def N_(message: str) -> str:  # noqa: N802  # the name that translators' tools know
    """Mark a message of a table; it is translated with `gettext` where it is shown."""
    return message


def same_language(work: Callable[[Asked], Answer]) -> Callable[[Asked], Answer]:
    """The function, to be called from another thread, speaking the language of here and now."""
    context = copy_context()
    return lambda asked: context.run(work, asked)


@cache
def translations(code: str) -> NullTranslations:
    """The catalogue of a language; German is its own."""
    if code == GERMAN:
        return NullTranslations()
    from babel.messages.mofile import write_mo  # a machine that only crawls has no Babel, and speaks German
    from babel.messages.pofile import read_po

    path = CATALOGUES / code / "LC_MESSAGES" / "messages.po"
    compiled = io.BytesIO()
    with path.open("rb") as source:
        write_mo(compiled, read_po(source, locale=code, abort_invalid=True))
    compiled.seek(0)
    return GNUTranslations(compiled)
