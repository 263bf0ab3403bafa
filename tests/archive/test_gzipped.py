"""What zlib-ng makes of a stream, whole or damaged, is what zlib makes of it."""

import zlib

from hypothesis import given
from hypothesis import strategies as st

from archive.gzipped import Inflated, inflated

WINDOWS = (31, 47, 15, -15)  # gzip, either by its head, zlib, and without a head


def by_zlib(packed: bytes, wbits: int, most: int) -> Inflated | None:
    engine = zlib.decompressobj(wbits)
    try:
        data = engine.decompress(packed, most)
    except zlib.error:
        return None
    return Inflated(data, engine.eof, engine.unused_data)


@given(
    text=st.lists(st.sampled_from([b"Der Minister ", b"<li>Presse</li>", b"1,2 Mio. Euro\n", b"\0\xff"])),
    times=st.integers(1, 2_000),
    wbits=st.sampled_from(WINDOWS),
    level=st.sampled_from([0, 1, 6, 9]),
    flips=st.lists(st.integers(0, 1 << 20), max_size=3),
    end=st.none() | st.integers(0, 1 << 16),
    after=st.binary(max_size=20),
    most=st.sampled_from([0, 1, 100, 20_000]),
)
def test_damaged_streams_come_out_alike(
    text: list[bytes],
    times: int,
    wbits: int,
    level: int,
    flips: list[int],
    end: int | None,
    after: bytes,
    most: int,
) -> None:
    engine = zlib.compressobj(level, zlib.DEFLATED, 31 if wbits == 47 else wbits)
    packed = bytearray(engine.compress(b"".join(text) * times) + engine.flush() + after)
    for flip in flips:
        packed[flip // 8 % len(packed)] ^= 1 << flip % 8
    sent = bytes(packed[:end])
    assert inflated(sent, wbits, most) == by_zlib(sent, wbits, most)
