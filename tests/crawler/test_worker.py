"""A crawl process prints a trace for defects of our own code only."""

import logging

import pytest
from scrapy import signals

from archive.errors import ArchiveError
from crawler.silent import Signals
from crawler.worker import is_defect


@pytest.mark.parametrize(
    ("error", "shown"), [(ArchiveError("the disk is full"), False), (KeyError("x"), True)]
)
def test_trouble_outside_leaves_no_trace_in_the_log(error: Exception, shown: bool) -> None:
    trace = (type(error), error, None)
    record = logging.LogRecord("scrapy.core.scraper", logging.ERROR, "x.py", 1, "Spider error", (), trace)
    assert is_defect(record) is shown


def test_a_record_without_an_error_is_shown() -> None:
    assert is_defect(logging.LogRecord("scrapy.core.scraper", logging.INFO, "x.py", 1, "fine", (), None))


def test_signals_are_sent_to_whoever_listens_and_to_nobody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    ours, heard, sought = Signals(object()), list[object](), list[object]()

    def listen(page: str) -> None:
        heard.append(page)

    def look(signal: object, **_: object) -> list[object]:
        sought.append(signal)
        return []

    ours.connect(listen, signals.response_received)
    ours.send_catch_log(signals.response_received, page="one")
    assert heard == ["one"]
    monkeypatch.setattr("scrapy.utils.signal.send_catch_log", look)
    for signal in (signals.request_scheduled, signals.response_received):
        ours.send_catch_log(signal, page="two")
    assert sought == [signals.response_received]
