"""What stands in the files beside the releases: an invented list of sums, district by district."""

from collections.abc import Iterator
from datetime import timedelta

from demo.days import spelled
from demo.dice import Dice
from demo.money import grouped
from demo.places import districts
from demo.release import Attachment, DemoRelease

REPLACED = 1  # epoch from which on the first sum is another: files are replaced without a word


def paragraphs(release: DemoRelease, file: Attachment, epoch: int) -> Iterator[str]:
    """An introduction, then a line for each district: two pages or three."""
    dice = Dice("enclosed", release.portal, release.slug, file.name)
    day = spelled(release.published.date() - timedelta(days=dice.between(2, 20)), "lang")
    yield f"Anlage zur Mitteilung „{release.title}“. Stand der Angaben: {day}."
    for number, district in enumerate(districts()):
        sum_ = dice.between(12, 950) * 1000 + (500 if epoch >= REPLACED and number == 0 else 0)
        yield f"{district.name}: {grouped(sum_)} Euro, {dice.between(2, 19)} Vorhaben."
    yield "Alle Angaben sind erfunden."
