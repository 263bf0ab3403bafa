"""A source file drafted from what was found on a portal, and what there is still to look at."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from msgspec.structs import replace as with_fields

from archive.source import Evidence, Listing, Name, Seed, Source, families
from archive.urls import host
from crawler.lists import Found, with_pattern
from crawler.spiders import listing
from crawler.spiders.anchors import wanted
from crawler.survey import Survey
from crawler.visited import Visited
from pipeline.parse.page import Page, parse
from pipeline.parse.reject import not_a_release

CLOSE = 3  # weight by which the likeliest family must lead the next


@dataclass(frozen=True, slots=True)
class Named:
    """What a source is called."""

    key: str
    jurisdiction: str
    publisher: str
    title: str


@dataclass(frozen=True, slots=True)
class Example:
    """A release of the portal as the parser reads it with the drafted source; None where it is none."""

    visited: Visited
    page: Page | None
    refused: str | None


@dataclass(frozen=True, slots=True)
class Draft:
    """A source, releases read with it, and what somebody should look at."""

    source: Source
    examples: tuple[Example, ...]
    doubts: tuple[str, ...]

    @property
    def best(self) -> Example | None:
        """The example that says most."""
        read = [example for example in self.examples if example.page]
        return max(
            read,
            key=lambda e: sum(has(e.page, name) for name in ("title", "published", "text")),
            default=None,
        )


def drafted(found: Survey, name: Named, today: date) -> Draft:
    """The source of a portal, unconfirmed, with what its lists and some releases gave today."""
    lists = [found.listing, found.feed] if found.listing else [found.feed, found.sitemap]
    seeds = [Seed(url=f.page.url, role=f.role) for f in lists if f]
    rules = found.listing.rules if found.listing else Listing()
    if found.feed:
        rules = with_pattern(rules, found.family, found.feed.entries)
    if found.sitemap and not found.listing and found.sitemap.rules.detail_pattern:
        rules = with_fields(rules, detail_pattern=found.sitemap.rules.detail_pattern)
    source = Source(
        key=name.key,
        title=name.title,
        publisher=name.key,
        jurisdiction=name.jurisdiction,
        family=found.family,
        status="unconfirmed",
        home=_home(found),
        hosts=_hosts(found),
        names=(Name(name=name.publisher),),
        seeds=tuple(dict.fromkeys(seeds)) or (Seed(url=found.start.url),),
        listing=rules,
        evidence=Evidence(years=str(today.year), confidence="low"),
    )
    examples = tuple(_example(page, source, today) for page in found.examples)
    draft = Draft(source, examples, ())
    doubts = tuple(_doubts(found, draft))
    evidence = Evidence(
        years=str(today.year), confidence="low" if doubts else "medium", note=_note(found, draft, today)
    )
    return replace(draft, source=with_fields(source, evidence=evidence), doubts=doubts)


def _home(found: Survey) -> str:
    return found.home.asked if found.home and found.home.status == 200 else found.start.url


def _hosts(found: Survey) -> tuple[str, ...]:
    """Hosts on which releases lie, beside that of the home page."""
    urls = [e.url for f in (found.listing, found.feed, found.sitemap) if f for e in f.entries]
    hosts = {host(url) for url in [*urls, *(page.url for page in found.examples)]}
    return tuple(sorted(hosts - {host(_home(found))}))


def _example(visited: Visited, source: Source, today: date) -> Example:
    refused = not_a_release(visited.body, visited.url, visited.asked, visited.status, visited.content_type)
    page = None if refused else parse(visited.body, visited.url, today, source, visited.content_type)
    return Example(visited, page, refused)


def has(page: Page | None, name: str) -> bool:
    """Whether a page gives a field."""
    return page is not None and getattr(page, name) is not None


def _note(found: Survey, draft: Draft, today: date) -> str:
    """What was seen, for the source file."""
    parts = [f"drafted on {today.isoformat()}"]
    if found.families:
        parts.append(f"family by {'; '.join(found.families[0].signs[:3])}")
    lists = [f for f in (found.listing, found.feed, found.sitemap) if f]
    parts += [f"{f.role} with {len(f.entries)} entries" for f in lists]
    read = sum(e.page is not None for e in draft.examples)
    return ", ".join([*parts, f"{read} releases read"])


def _doubts(found: Survey, draft: Draft) -> Iterator[str]:
    yield "the name of the publisher, and since when it bears it ([[names]])"
    yield from _family_doubts(found)
    yield from _list_doubts(found, draft.source)
    yield from _release_doubts(draft)


def _family_doubts(found: Survey) -> Iterator[str]:
    if not found.families:
        yield f'no family was recognised: "{found.family}" leaves rows and text to general rules'
    elif len(found.families) > 1 and found.families[0].weight - found.families[1].weight < CLOSE:
        first, second = found.families[:2]
        yield f"the family: {second.family} is nearly as likely as {first.family}"


def _list_doubts(found: Survey, source: Source) -> Iterator[str]:
    if found.listing is None and found.feed is None and found.sitemap is None:
        yield "no list of releases was found: give its address in [[seeds]], or start from another page"
    elif found.listing is None:
        rest = "the sitemap has the rest" if found.sitemap else "the feed shows the newest only"
        yield f"no list was found on a page, perhaps a script loads it: {rest}"
    else:
        yield from _paging_doubts(found, found.listing)
        own = listing.rules(source, families()[source.family]).detail_pattern
        if source.listing.detail_pattern:
            yield f"detail_pattern was made of {len(found.listing.entries)} addresses: do others match it?"
        elif own and not all(wanted(e.url, own) for e in found.listing.entries):
            yield "some entries of the list do not look like releases"
    if found.feed and found.listing:
        listed = {entry.url for entry in found.listing.entries}
        if not listed & {entry.url for entry in found.feed.entries}:
            yield "feed and list share no release: do both show press releases?"


def _paging_doubts(found: Survey, first: Found) -> Iterator[str]:
    if sum(entry.listed_on is not None for entry in first.entries) < len(first.entries) / 2:
        yield "the list shows no day for most entries (day in [listing])"
    if first.more is None:
        yield "no second page of the list was found (next or next_pattern in [listing])"
    elif found.second is None or {e.url for e in found.second.entries} <= {e.url for e in first.entries}:
        yield f"what looks like the second page, {first.more}, shows nothing new"


def _release_doubts(draft: Draft) -> Iterator[str]:
    pages = [example.page for example in draft.examples if example.page]
    for example in draft.examples:
        if example.refused:
            yield f"{example.visited.url} is no release ({example.refused})"
    if not pages:
        yield "no release was read: nothing is known of title, day and text"
    for name in ("title", "published", "text"):
        missing = sum(not has(page, name) for page in pages)
        if missing:
            yield f"{missing} of {len(pages)} releases give no {name} (add a layout)"
    if pages and not any((page.text_rule or "").startswith(("family:", "source:")) for page in pages):
        yield "general rules found the text: add a layout that says where it stands"
