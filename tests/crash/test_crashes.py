"""Whatever writes may be killed at any write and run again: a sample of what benchmarks/crashes.py does."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from benchmarks.crashes import End, killed, undisturbed
from benchmarks.stories import Command, Ground, Story, begin, ground, stories

STORIES = {story.name: story for story in stories()}
KILLED = [  # story, after which share of its writes, whether only the process that writes dies
    ("crawl", 0.55, False),
    ("crawl", 0.75, True),
    ("build", 0.6, False),
    ("redact a text", 0.3, False),
    ("redact a text", 0.55, False),
    ("redact a text", 0.8, False),
    ("import", 0.8, False),
    ("merge", 0.3, False),
    ("correct", 0.7, False),
]


class Stage:
    """The portals, and each story's reference, made once."""

    def __init__(self, portals: Ground, folder: Path) -> None:
        self.portals, self.folder = portals, folder

    @cache  # noqa: B019  # one stage for all tests of the module
    def reference(self, story: Story) -> tuple[Path, Command, End, int]:
        base = self.folder / story.name.replace(" ", "-")
        command = begin(self.portals, story, base)
        end, points = undisturbed(self.portals, story, base, command)
        return base, command, end, len(points)


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    folder = tmp_path_factory.mktemp("crashes")
    with ground(folder) as portals:
        yield Stage(portals, folder)


@pytest.mark.parametrize(("name", "share", "alone"), KILLED)
def test_killed_and_run_again_it_is_the_same_archive(
    stage: Stage, name: str, share: float, alone: bool
) -> None:
    story = STORIES[name]
    base, command, reference, points = stage.reference(story)
    assert reference.faults == ()
    outcome = killed(stage.portals, story, base, command, round(share * points), reference, alone=alone)
    assert outcome.died
    assert outcome.differences == ()
