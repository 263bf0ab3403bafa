"""The generated portal as its source file would describe it."""

from archive.source import Evidence, Layout, Listing, Name, Seed, Source


def source(base: str) -> Source:
    """The generated portal as a source of the generic family."""
    return Source(
        key="bench",
        title="Generated portal",
        publisher="bench",
        jurisdiction="DE-TH",
        family="generic",
        status="demo",
        home=base + "/",
        names=(Name(name="Generated ministry"),),
        seeds=(Seed(url=base + "/presse/seite-1"),),
        evidence=Evidence(years="2026", confidence="high"),
        listing=Listing(
            rows=("li.row",),
            link=("a@href",),
            title=("a",),
            next=("a.next@href",),
            detail_pattern="^/release/",
        ),
        layouts=(Layout(title=("h1",), day=("time@datetime",), body=("div.text",)),),
    )
