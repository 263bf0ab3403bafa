"""What happens to a release between two crawls."""

from dataclasses import replace

from demo import money
from demo.release import Block, DemoRelease


def mistyped(release: DemoRelease) -> DemoRelease:
    """The lead with a slip of the pen that the press office mends later."""
    return replace(release, lead=release.lead.replace(" und ", " udn ", 1))


def corrected(release: DemoRelease) -> DemoRelease:
    """The first sum of the text turns out to be a tenth higher."""
    old = release.amounts[0]
    new = money.exact(round(old.value_max * 11 / 10))
    return replace(
        release,
        lead=release.lead.replace(old.surface, new.surface),
        body=tuple(Block(block.kind, block.text.replace(old.surface, new.surface)) for block in release.body),
        amounts=(new, *release.amounts[1:]),
    )
