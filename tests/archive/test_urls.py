"""Addresses by which pages are known."""

from hypothesis import given
from hypothesis import strategies as st

from archive.urls import canonical

HOSTS = st.sampled_from(("a.de", "A.de", "127.0.0.1", "x_y.de", "a.de.", "ä.de"))
PORTS = st.sampled_from(("", ":", ":80", ":0080", ":443", ":0443", ":8080", ":36541", ":65535"))
PATHS = st.text("aB1/.-_~%;=&é ", max_size=8)


@given(st.sampled_from(("http", "https", "HTTP")), HOSTS, PORTS, PATHS)
def test_an_address_that_needs_no_change_is_what_it_would_be_if_taken_apart(
    scheme: str, host: str, port: str, path: str
) -> None:
    address = f"{scheme}://{host}{port}/{path}".rstrip()
    taken_apart = canonical(f"{address}#top")  # nothing is plain behind which a place is named
    assert canonical(address) == taken_apart
