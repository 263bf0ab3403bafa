"""A small fingerprint of a text by which texts that share much are found without comparing all with all.

MinHash (Broder 1997) over rows of three words, cut into bands as in locality-sensitive hashing (Indyk and
Motwani 1998): two texts of which a share s of the rows is common have a band in common with probability
1 - (1 - s^3)^40, which is 93 % for s = 0.4 and 99.5 % for s = 0.5. What was cut short shares less; its
beginning, which stays, has bands of its own.
"""

import re
import struct
import zlib
from collections.abc import Iterator

from rensa import RMinHash  # type: ignore[import-untyped]

from archive.words import runs

SHINGLE = 3  # words
BANDS, ROWS = 40, 3
LEAD_WORDS, LEAD_BANDS, LEAD_ROWS = 40, 8, 2
SEED = 1
FORMAT = struct.Struct(f"<{BANDS + LEAD_BANDS}I")
LIBRARY = f"rensa-{RMinHash.ALGORITHM_VERSION}"
# A change makes all sketches anew.
RULES = f"{SHINGLE}/{BANDS}x{ROWS}/{LEAD_WORDS}/{LEAD_BANDS}x{LEAD_ROWS}/{LIBRARY}"
SHORTEST = 20  # words: what is shorter says too little to be told apart
_WORD = re.compile(r"\w+")


def words(text: str) -> list[str]:
    """The words of a text, as they are compared: hyphens, quotes and spaces do not count.

    >>> words("Das „Kita-Haus“ kostet 1,2 Mio. Euro")
    ['Das', 'Kita', 'Haus', 'kostet', '1', '2', 'Mio', 'Euro']
    """
    plain = text.replace("\u00ad", "")
    return _WORD.findall(plain) if "_" in plain else runs(plain)


def sketch(title: str, text: str) -> bytes | None:
    """The bands of a release, those of its beginning last; None where it is too short."""
    said = words(text.casefold())
    whole = words(title.casefold()) + said
    if len(whole) < SHORTEST:
        return None
    return FORMAT.pack(*_bands(whole, BANDS, ROWS), *_bands(said[:LEAD_WORDS], LEAD_BANDS, LEAD_ROWS))


def _bands(said: list[str], count: int, rows: int) -> Iterator[int]:
    least = RMinHash(num_perm=count * rows, seed=SEED)
    shingles = zip(*(said[at:] for at in range(SHINGLE)), strict=False)
    least.update(list(map(" ".join, shingles)) or [" ".join(said)])
    packed = struct.pack(f"<{count * rows}I", *least.digest())
    return map(zlib.crc32, struct.unpack(f"{4 * rows}s" * count, packed), range(count))


def bands(packed: bytes) -> tuple[int, ...]:
    """The bands of a sketch; the place of a band is part of its number."""
    return FORMAT.unpack(packed)
