"""What portals and people wrote, as a terminal may show it: without signs that steer it or turn the line."""

import re

from rich.text import Text

STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def plain(text: object) -> str:
    """A text without signs that steer a terminal.

    >>> plain("rot \\x1b[31mund\\x1b[0m \\u202eandersherum")
    'rot [31mund[0m andersherum'
    """
    return STEERING.sub("", str(text))


def shown(text: object) -> Text:
    """The same for a table; brackets in it are no markup."""
    return Text(plain(text))
