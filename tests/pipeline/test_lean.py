"""Records come out of another process as they went in."""

from multiprocessing.reduction import ForkingPickler

from archive.records import Place
from pipeline.mention_rows import Rows
from pipeline.parse.attachments import Attachment
from pipeline.parse.page import Page
from pipeline.prepared import Prepared
from pipeline.read import Job, Reading

URL = "https://test.example/presse/eins"
JOB = Job(7, Place("th-test/eins.warc.gz", 10, 90), URL, URL, "2026-03-01T08:00:00Z", 200, None, "th-test")
PAGE = Page(
    "Titel",
    "Text",
    "press_release",
    attachments=(Attachment(f"{URL}.pdf", "Bescheid", "application/pdf"),),
    rules={"title": "layout"},
)
RELEASE = Prepared(
    Reading(JOB, "release", PAGE, "2026-03-01", "layout"),
    (URL, URL, URL),
    "th-test-1",
    "ab",
    12.5,
    Rows({"amount": [("text", 0, 4)]}, []),
    ("titel", "text", ""),
)


def test_what_goes_to_another_process_is_the_same_there() -> None:
    for record in (JOB, Prepared(Reading(JOB, "status_404")), RELEASE):
        assert ForkingPickler.loads(ForkingPickler.dumps(record)) == record
