"""The demo server as the first and as the second crawl find it."""

from collections.abc import Iterator

import pytest

from demo.server import DemoServer


@pytest.fixture(scope="module")
def server() -> Iterator[DemoServer]:
    with DemoServer() as running:
        yield running


@pytest.fixture(scope="module")
def later() -> Iterator[DemoServer]:
    with DemoServer(epoch=1) as running:
        yield running
