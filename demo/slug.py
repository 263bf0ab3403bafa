"""Titles as they stand in addresses: with umlauts spelled out, or kept."""

import re

SPELLED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
LONGEST = 90


def slug(title: str, umlauts: bool = False) -> str:
    """
    >>> slug("Förderung für Gößnitz: 1,2 Millionen Euro")
    'foerderung-fuer-goessnitz-1-2-millionen-euro'
    >>> slug("Förderung für Gößnitz", umlauts=True)
    'förderung-für-gößnitz'
    """
    lowered = title.lower() if umlauts else title.lower().translate(SPELLED)
    words = re.sub(r"[^a-z0-9äöüß]+", "-", lowered).strip("-")
    return words if len(words) <= LONGEST else words[:LONGEST].rsplit("-", 1)[0]
