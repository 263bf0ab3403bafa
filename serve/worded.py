"""Sentences that other parts of the program made, said again in the language of the page."""

import re
from collections.abc import Callable, Iterable

from serve.language import gettext


class Forms:
    """The forms that such sentences have: regular expressions, each with the message that stands for it."""

    def __init__(self, forms: Iterable[tuple[str, str]]) -> None:
        self._forms = tuple((re.compile(pattern), message) for pattern, message in forms)

    def say(self, told: str, value: Callable[[str], str]) -> str | None:
        """The sentence with its values said by `value`; None where it has none of the forms."""
        for pattern, message in self._forms:
            if match := pattern.fullmatch(told):
                return gettext(message).format(*map(value, match.groups()))
        return None
