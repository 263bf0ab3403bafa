"""Who asks: what a portal reads of us in its log."""

from archive.errors import ArchiveError
from archive.source import Source
from crawler.loopback import is_loopback

AGENT = "pressearchiv/0.1"


def user_agent(source: Source, contact: str) -> str:
    """Who asks. Raises ArchiveError where a live portal would not learn whom to write to."""
    if not contact and not all(is_loopback(seed.url) for seed in source.seeds):
        raise ArchiveError(
            f"{source.key} is a live portal, and its operators must be able to reach you; "
            "give an e-mail address or a page with --contact or PRESSEARCHIV_CONTACT"
        )
    return f"{AGENT} (+{contact})" if contact else AGENT
