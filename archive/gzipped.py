"""Gzip members, one for each record: what can get smaller does, what is compressed stands as it is."""

import struct
import zlib
from typing import NamedTuple

from zlib_ng import zlib_ng

LEVEL = 6  # of compression; 9 takes longer and saves little
WIDE = (15, 8)  # window and memory of the compressor, as exponents of two: 256 kB
NARROW = (12, 5)  # 32 kB, which give what is short the same size and are made ready in a sixth of the time
SHORT = 2048  # bytes
HEAD = b"\x1f\x8b\x08\0\0\0\0\0\0\xff"  # deflated; no name, no time, no system
STORED = 0xFFFF  # bytes at most in a block that is not compressed (RFC 1951, section 3.2.4)


def compressed(*parts: bytes) -> bytes:
    """A member of these parts.

    >>> zlib.decompress(compressed(b"one, ", b"two"), wbits=31)
    b'one, two'
    """
    window, memory = NARROW if sum(map(len, parts)) < SHORT else WIDE
    engine = zlib.compressobj(LEVEL, zlib.DEFLATED, window | 16, memory)
    return b"".join([*map(engine.compress, parts), engine.flush()])


def holding(text: bytes, packed: bytes) -> bytes:
    """A member of two parts, of which the second is compressed already: once more takes long for nothing.

    >>> zlib.decompress(holding(b"one, ", b"two"), wbits=31)
    b'one, two'
    """
    window, memory = NARROW
    engine = zlib.compressobj(LEVEL, zlib.DEFLATED, -window, memory)
    pieces = [HEAD, engine.compress(text), engine.flush(zlib.Z_SYNC_FLUSH)]
    for at in range(0, len(packed), STORED):
        block = packed[at : at + STORED]
        is_last = at + STORED >= len(packed)
        pieces += [struct.pack("<BHH", is_last, len(block), len(block) ^ 0xFFFF), block]
    check = zlib.crc32(packed, zlib.crc32(text))
    return b"".join([*pieces, struct.pack("<LL", check, (len(text) + len(packed)) & 0xFFFFFFFF)])


class Inflated(NamedTuple):
    """What came out of a stream."""

    data: bytes
    ended: bool  # whether that is all of it
    rest: bytes  # what follows the end


def inflated(packed: bytes, wbits: int, most: int = 0) -> Inflated | None:
    """A stream decompressed, `most` bytes of it where told; None where it is damaged. `wbits` as for zlib.

    >>> inflated(compressed(b"one"), wbits=31)
    Inflated(data=b'one', ended=True, rest=b'')
    """
    engine = zlib_ng.decompressobj(wbits)  # a page in a sixth of zlib's time
    try:
        data = engine.decompress(packed, most)
    except zlib_ng.error:  # type: ignore[misc]  # its stub calls the class an instance
        return None
    return Inflated(data, engine.eof, engine.unused_data)
