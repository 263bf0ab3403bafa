"""A real browser before a served archive: Chromium, which knows our site and nothing else."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.tab import Tab
from tests.serve import conftest as served

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
MISSING = "no Chromium in PATH; `apt-get install chromium` brings it"

archive_file = served.archive_file
start = served.start


@pytest.fixture(scope="session")
def site(start: Callable[..., httpx.Client], archive_file: Path) -> httpx.Client:
    """Our site as the command serves it, with proposals of readers, and searches that can be watched."""
    box = archive_file.with_name("proposals.jsonl")
    arguments = ("-m", "cli", "serve", "--archive", str(archive_file), "--proposals", str(box))
    mail = ("--sender", "archiv@example.org", "--site", "https://archiv.example.org")
    return start(*arguments, *mail, "--port", "{port}", cwd=archive_file.parent)


@pytest.fixture(scope="module")  # its event loop would be in the way of the tests that come after
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip(MISSING)
    with sync_playwright() as playwright:
        # The sandbox of the browser itself does not start as root, as in containers.
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield launched
        launched.close()


@pytest.fixture
def tab(browser: Browser, site: httpx.Client) -> Iterator[Tab]:
    """A fresh window; when the test ends, no other host must have been asked, and nothing gone wrong."""
    opened = Tab(browser, str(site.base_url))
    yield opened
    opened.close()
    assert opened.troubles == []
