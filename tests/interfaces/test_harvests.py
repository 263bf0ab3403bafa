"""OAI-PMH: who comes again misses nothing, whatever came, changed or went meanwhile."""

import random
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from lxml import etree

from archive.clock import stamp
from archive.store import open_archive
from pipeline.redact import Asked, redact
from serve.oai.answers import Answer
from tests.interfaces.harvests import HALF_AN_HOUR, NS, Harvester, ask, built, release_id, show
from tests.merging.machines import TEXTS, Visit, crawled, moment
from tests.pipeline.small import SOURCE, Small


def test_one_who_comes_again_holds_the_same_as_one_who_takes_all(small: Small) -> None:
    again = Harvester()
    show(small, 1, "Der Landkreis Gotha erhält 5.000 Euro.")
    show(small, 2, "Die Straße wird gebaut.")
    show(small, 3, "Erna Beispiel geht in den Ruhestand.")
    now = built(small)
    again.come(small, now)
    again.come(small, now + HALF_AN_HOUR)
    assert again.taken == 0
    show(small, 1, "Der Landkreis Gotha erhält 6.000 Euro.")
    again.come(small, small.moment + timedelta(minutes=1))  # captured, and not built yet
    now = built(small)
    again.come(small, now)
    assert again.taken == 1
    show(small, 4, "Von vor zehn Jahren.", datetime(2016, 3, 1, tzinfo=UTC))
    now = built(small)
    again.come(small, now)
    assert again.taken == 1
    asked = Asked(kind="release", reason="Wunsch", author="E. Muster", release=release_id(small, 3))
    redact(small.archive, small.warc, {"th-test": SOURCE}, asked, small.moment)
    again.come(small, small.moment + timedelta(minutes=1))
    assert again.held[f"pressearchiv:{_deleted(again)}"].deleted
    anew = Harvester()
    anew.come(small, small.moment + timedelta(minutes=2))
    assert anew.held == again.held
    now = built(small, rebuild=True)
    again.come(small, now)
    assert again.held == anew.held
    assert again.taken == len(anew.held)


def _deleted(harvester: Harvester) -> str:
    [key] = [key for key, record in harvester.held.items() if record.deleted]
    return key.removeprefix("pressearchiv:")


def test_who_takes_a_set_learns_what_went_from_it(small: Small) -> None:
    show(small, 1, "Erna Beispiel geht in den Ruhestand.")
    show(small, 2, "Die Straße wird gebaut.")
    built(small)
    asked = Asked(kind="release", reason="Wunsch", author="E. Muster", release=release_id(small, 1))
    redact(small.archive, small.warc, {"th-test": SOURCE}, asked, small.moment)
    for chosen in ("DE-TH", "DE-TH:th-test"):
        said = ask(small, small.moment, verb="ListIdentifiers", metadataPrefix="oai_dc", set=chosen)
        assert [header.get("status") for header in said.iterfind(".//o:header", NS)] == ["deleted", None]


def test_what_was_taken_out_stays_deleted_and_no_more_than_that_is_promised(small: Small) -> None:
    """A page that is no release by other rules goes without a trace, which `persistent` would forbid."""
    show(small, 1, "Erna Beispiel geht in den Ruhestand.")
    show(small, 2, "Die Straße wird gebaut.")
    built(small)
    one, two = release_id(small, 1), release_id(small, 2)
    asked = Asked(kind="release", reason="Wunsch", author="E. Muster", release=one)
    redact(small.archive, small.warc, {"th-test": SOURCE}, asked, small.moment)
    small.db.execute("UPDATE captures SET status = 404 WHERE url LIKE '%2'")
    now = built(small, rebuild=True)
    get = partial(ask, small, now, verb="GetRecord", metadataPrefix="oai_dc")
    gone, unknown = (get(identifier=f"pressearchiv:{release}") for release in (one, two))
    assert [header.get("status") for header in gone.iterfind(".//o:header", NS)] == ["deleted"]
    assert [error.get("code") for error in unknown.iterfind("o:error", NS)] == ["idDoesNotExist"]
    assert ask(small, now, verb="Identify").findtext(".//o:deletedRecord", None, NS) == "transient"


def test_what_another_archive_took_out_long_ago_is_told_when_it_went_here(tmp_path: Path) -> None:
    one = crawled(tmp_path / "one", Visit(1, 1, TEXTS[0]), Visit(2, 2, TEXTS[1]))
    one.build()
    two = one.copy("two")
    [(release,)] = two.rows("SELECT id FROM releases WHERE url LIKE '%meldung-1'")
    two.redact(kind="release", release=str(release))
    before = moment(2000)  # the day of the decision is long over
    one.take(two, at=before + timedelta(days=3))
    with closing(open_archive(one.home.archive)) as db:
        asked = {"verb": "ListIdentifiers", "metadataPrefix": "oai_dc"}
        asked["from"] = stamp(before + timedelta(days=2))
        answer = Answer(
            db, before + timedelta(days=4), "https://archive.example", "postmaster@archive.example"
        )
        said = etree.fromstring(answer.of(asked.items()))
    told = {h.findtext("o:identifier", None, NS): h.get("status") for h in said.iterfind(".//o:header", NS)}
    assert told[f"pressearchiv:{release}"] == "deleted"


def test_changes_in_any_order_are_all_harvested(small: Small) -> None:
    dice = random.Random(7)
    again = Harvester()
    now = small.moment
    for step in range(24):
        match dice.choice(["show", "show", "import", "build", "harvest"]):
            case "show":
                show(small, dice.randrange(6), f"Text {dice.randrange(4)} der Mitteilung.")
            case "import":
                old = small.moment - timedelta(days=dice.randrange(1, 900))
                show(small, dice.randrange(6, 9), f"Alter Text {step}.", old)
            case "build":
                now = built(small)
            case "harvest":
                now = max(now, small.moment) + timedelta(minutes=1)
                again.come(small, now)
    now = built(small)
    again.come(small, now)
    anew = Harvester()
    anew.come(small, now)
    assert anew.held == again.held
    assert len(anew.held) > 4
