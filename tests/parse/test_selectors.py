"""What a selector matches among some tags, it is said that it may match."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.source import families, registry
from pipeline.parse.selectors import PLAIN, may_match
from pipeline.parse.tree import Tree

FIELDS = "title subtitle kicker label number day updated lead body author attachments".split()
SELECTORS = sorted(
    {
        selector.partition("@")[0]
        for layouts in [o.layouts for o in families().values()] + [o.layouts for o in registry().values()]
        for layout in layouts
        for selector in (layout.marker or "", *(s for name in FIELDS for s in getattr(layout, name)))
        if selector
    }
    | {
        "li:last-child",
        "ul > li + li",
        "*",
        "[class*='kick']",
        "div:has(> a.link)",
        "li:nth-child(2)",
        "A.Link",
    }
)
NAMES = st.sampled_from(
    ("text", "content", "c-intro__headline", "s-richtext", "Link", "kicker", "main-content")
)
OPENED = st.builds(
    '<{} class="{}" id={} data-slot="pp-text" datetime=1 itemprop=articleBody>'.format,
    st.sampled_from("li ul div a span h1 h3 p time main article small nav".split()),
    NAMES,
    NAMES,
)


@given(st.lists(OPENED | st.just("</ul>") | st.just("</div>"), max_size=12), st.sampled_from(SELECTORS))
def test_a_selector_that_matches_may_match(tags: list[str], selector: str) -> None:
    page = Tree("<body>" + "".join(tags))
    known = "<html><head><body>" + "".join(tags)
    assert may_match(selector, known.encode().translate(PLAIN)) or not page.css(selector)


@pytest.mark.parametrize(
    ("selector", "expected"),
    [
        ("li.item a", True),
        ("li.other a", False),
        ("#content p ~ ul > li", False),
        ("p ~ ul > li", True),
        ("h1, .Item", True),
        ("h1:not(.item)", False),
        ("main:not(:has(time)), p:has(~ h1)", False),
        ("[href*=pdf]", True),
        ("[class*=kicker], [data-slot=x]", False),
        ("li:nth-child(3)", True),
    ],
)
def test_a_selector_may_match_where_all_its_words_stand(selector: str, expected: bool) -> None:
    assert may_match(selector, b'<li class="item"><ul><div><a href>') is expected
