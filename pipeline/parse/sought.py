"""What rules look for in a page as text, tags and all."""

import re

# In small letters, and in bytes: searching for each is many times as fast as a pattern without case.
CHALLENGE = (
    *(b"cf-challenge", b"cf_chl_", b"challenge-platform", b"bunny-shield"),
    *(b"data-sitekey=", b"g-recaptcha", b"h-captcha"),
)
MARKED = ("##", "{{", "[%")  # no debris of a template without one of them
BYLINE = "Erstellt von"
# Whether it is worth the while to look for a number line by line: a word, and what must follow it.
NUMBERED = (
    ("mitteilung", re.compile(r"\W{0,3}(?:Nr|\d)")),
    ("information", re.compile(r"\W{0,3}(?:Nr|\d)")),
    ("Nr.", re.compile(r"\s?\d")),
    ("/20", re.compile(r"[0-3]\d\s*<")),
)


def is_sought(html: str) -> bool:
    """Whether anything is in it that a rule looks for."""
    return is_marked(html) or BYLINE in html or is_numbered(html) or challenges(html)


def is_marked(html: str) -> bool:
    """Whether a template may not have been filled in."""
    return any(mark in html for mark in MARKED)


def challenges(html: str) -> bool:
    """Whether a visitor is asked to prove to be a person."""
    lowered = html.encode("utf-8", "replace").lower()
    return any(word in lowered for word in CHALLENGE)


def is_numbered(html: str) -> bool:
    """Whether a number of a release may stand somewhere."""
    for word, following in NUMBERED:
        at = html.find(word)
        while at >= 0:
            if following.match(html, at + len(word)):
                return True
            at = html.find(word, at + 1)
    return False
