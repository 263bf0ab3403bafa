"""A saved page, decoded and parsed once for all who read it."""

from collections.abc import Callable
from functools import cached_property
from typing import TypeVar

from pipeline.parse.decode import Decoded, decoded
from pipeline.parse.tree import LONGEST, MissingError, Tree, tame
from pipeline.parse.trimmed import Trimmed, TrimmedTree, said_by, trimmed
from pipeline.steps import Steps

Answer = TypeVar("Answer")


class Saved:
    """The bytes of a page, or its text; each further form is made when it is first asked for."""

    def __init__(self, raw: bytes | str, content_type: str | None = None) -> None:
        self.raw, self.content_type = raw, content_type

    @cached_property
    def _trimmed(self) -> Trimmed | None:
        """The page as it came, without the links around it."""
        return trimmed(self.raw if isinstance(self.raw, bytes) else self._bytes)

    @cached_property
    def lean(self) -> str | None:
        """The text without the links around it, where rules find the same in it as in all of it."""
        is_read_so = isinstance(self.raw, bytes) and len(self.raw) <= LONGEST
        return said_by(self._trimmed) if is_read_so and self._trimmed else None

    @cached_property
    def _decoded(self) -> Decoded:
        return decoded(self.raw, self.content_type)

    @property
    def text(self) -> str:
        """Where rules look for words of `sought`; links around it may be left out."""
        return self._decoded.text if self.lean is None else self.lean

    @property
    def html(self) -> str:
        """The text within the bounds of real pages; links around it may be left out."""
        return self.whole if self.lean is None else self.lean

    @cached_property
    def whole(self) -> str:
        """All of the text within the bounds of real pages."""
        return tame(*self._decoded)

    @cached_property
    def _bytes(self) -> bytes:
        """The whole in UTF-8."""
        if isinstance(self.raw, bytes) and (self.lean is not None or self._came_as_it_is):
            return self.raw
        return self.whole.encode("utf-8", "ignore")

    @property
    def _came_as_it_is(self) -> bool:
        text, signs = self._decoded
        return signs is not None and self.whole is text

    @cached_property
    def tree(self) -> Tree:
        """The page as a tree, perhaps without what few rules ask for: see `answer`."""
        try:
            part = self._trimmed
            if part and self._bytes is not self.raw:
                part = trimmed(self._bytes)
            return TrimmedTree(part) if part else Tree(self._bytes)
        except MissingError:
            return Tree(self._bytes)

    def answer(self, rule: Callable[[], Answer]) -> Answer:
        """What a rule makes of the page; it is asked again where the tree lacked something."""
        try:
            return rule()
        except MissingError:
            self.tree = Tree(self._bytes)
            return rule()

    def answer_in_steps(self, rule: Callable[[], Steps[Answer]]) -> Steps[Answer]:
        """As `answer`, of a rule that may stop between its steps."""
        try:
            return (yield from rule())
        except MissingError:
            self.tree = Tree(self._bytes)
            return (yield from rule())
