"""What a selector demands: words that stand in the tag of whatever it matches, or in a tag around that."""

import re
from functools import cache, lru_cache

# How tags and selectors are compared: in small letters, and one number is as good as another.
PLAIN = bytes.maketrans(bytes(range(65, 91)) + b"0123456789", bytes(range(97, 123)) + b"0" * 10)
# Attributes whose values no selector has asked for yet: of these only the name is demanded.
FREE = ("alt", "aria-label", "href", "src", "srcset", "title")
PSEUDO = re.compile(
    r":not\(:has\(([^()]*)\)\)|:has\(([^()]*)\)|:not\([.#]?[\w-]+\)|:first-child|:last-child", re.ASCII
)
SIMPLE = re.compile(
    r"""(?:[\w\s.#>~+*-]|\[[\w-]+(?:[*^$~|]?=(?:[\w.:-]+|"[\w.: -]*"|'[\w.: -]*'))?\])*""", re.ASCII
)
DEMAND = re.compile(r"""^(\w[\w-]*)|[.#]([\w-]+)|\[([\w-]+)[*^$~|]?=?["']?([^"'\]]*)""", re.ASCII)


@lru_cache(maxsize=256)  # pages of a portal are asked the same, and mostly leave out the same tags
def may_match(selector: str, tags: bytes) -> bool:
    """Whether a selector may match among elements with these start tags, as PLAIN has them. In doubt it may.

    >>> may_match("li.item > a", b'<li class="item"><a href>'), may_match("main h2, p", b"<main><ul><li>")
    (True, False)
    """
    demands = _demands(selector)
    return demands is None or any(all(word in tags for word in words) for words in demands)


@cache
def _demands(selector: str) -> list[tuple[bytes, ...]] | None:
    """The words for each alternative, also of what must stand inside; None where they cannot be told."""
    inside = [one or other for one, other in PSEUDO.findall(selector) if one or other]
    alternatives = [one for part in (PSEUDO.sub("", selector), *inside) for one in part.split(",")]
    return [_words(one) for one in alternatives] if all(map(SIMPLE.fullmatch, alternatives)) else None


def _words(alternative: str) -> tuple[bytes, ...]:
    joined = re.sub(r"\s*([~+])\s*", r"\1", alternative.strip())
    # What stands before "~" or "+" is beside the element, and not around it.
    compounds = [re.split("[~+]", part)[-1] for part in re.split(r"[\s>]+", joined)]
    return tuple(_word(*found) for compound in compounds for found in DEMAND.findall(compound))


def _word(element: str, name: str, attribute: str, value: str) -> bytes:
    word = f"<{element}" if element else name or (attribute if attribute in FREE else value or attribute)
    return word.encode().translate(PLAIN)
