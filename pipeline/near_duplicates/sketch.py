"""A small fingerprint of a text by which texts that share much are found without comparing all with all.

MinHash (Broder 1997) over rows of three words, cut into bands as in locality-sensitive hashing (Indyk and
Motwani 1998): two texts of which a share s of the rows is common have a band in common with probability
1 - (1 - s^3)^40, which is 93 % for s = 0.4 and 99.5 % for s = 0.5.
"""

import re
import struct
import zlib

from rensa import RMinHash  # type: ignore[import-untyped]

SHINGLE = 3  # words
BANDS, ROWS = 40, 3
SEED = 1
FORMAT = struct.Struct(f"<{BANDS}I")
RULES = f"{SHINGLE}/{BANDS}x{ROWS}/rensa-{RMinHash.ALGORITHM_VERSION}"  # a change makes all sketches anew
SHORTEST = 20  # words: what is shorter says too little to be told apart
_WORD = re.compile(r"\w+")


def words(text: str) -> list[str]:
    """The words of a text, as they are compared: hyphens, quotes and spaces do not count.

    >>> words("Das „Kita-Haus“ kostet 1,2 Mio. Euro")
    ['Das', 'Kita', 'Haus', 'kostet', '1', '2', 'Mio', 'Euro']
    """
    return _WORD.findall(text.replace("\u00ad", ""))


def sketch(text: str) -> bytes | None:
    """The bands of a text; None where it is too short."""
    said = words(text.casefold())
    if len(said) < SHORTEST:
        return None
    rows = RMinHash(num_perm=BANDS * ROWS, seed=SEED)
    rows.update([" ".join(said[at : at + SHINGLE]) for at in range(len(said) - SHINGLE + 1)])
    least = struct.pack(f"<{BANDS * ROWS}I", *rows.digest())
    width = 4 * ROWS
    return FORMAT.pack(*(zlib.crc32(least[at * width : (at + 1) * width], at) for at in range(BANDS)))


def bands(packed: bytes) -> tuple[int, ...]:
    """The bands of a sketch; the place of a band is part of its number."""
    return FORMAT.unpack(packed)
