"""A page answers the same whether the links of its navigation were left out or not."""

from datetime import date

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.source import Layout, Source
from benchmarks.portal import source
from benchmarks.site import page, releases
from pipeline.parse.page import Page, parse_saved
from pipeline.parse.reject import refusal
from pipeline.parse.saved import Saved
from pipeline.parse.tree import Tree
from pipeline.parse.trimmed import MARK, TrimmedTree, trimmed
from tests.parse.portals.page import PROSE, TITLE

URL = "https://bench.example/release/x"
PORTAL = source("https://bench.example")
ITEM = '<li class="item"><a class="link" href="/thema/12?a=1&amp;b=2">Thema</a></li>\n'
LINKS = f"<ul>{ITEM * 220}</ul>"
MENU = (
    f'<div><button type="button">Menü</button><!-- Themen --><ul class="menu">{ITEM}<li><div><a href="/x">'
    f'<svg class="icon"><path d="M0 0"/></svg><strong>Mehr</strong><br></a>{LINKS}</div></li></ul></div>'
)
RELEASE = (
    '<main><p class="topline"><time datetime="2024-01-22">22.01.2024</time></p>'
    f'<h1>{TITLE}</h1><div class="text">{PROSE * 3}</div></main>'
)


def answers(saved: Saved, where: Source) -> tuple[str | None, Page]:
    """All that a page is asked."""
    return refusal(saved, URL, URL, 200), parse_saved(saved, URL, date(2025, 1, 1), where)


def whole(html: str) -> Saved:
    """A page of which nothing is left out."""
    saved = Saved(html.encode())
    saved.lean, saved.tree = None, Tree(saved.whole)
    return saved


def again(html: str) -> Saved:
    """A page with links around it that another page had."""
    trimmed(html.encode())
    return Saved(html.encode())


def test_the_links_around_a_release_of_a_known_layout_are_never_asked_for() -> None:
    html = page(releases(1)[0][1], 1)
    saved = Saved(html.encode())
    reason, found = answers(saved, PORTAL)
    assert (reason, found.text_rule) == (None, "source:div.text")
    assert isinstance(saved.tree, TrimmedTree)
    left = trimmed(html.encode())
    assert left is not None
    assert len(left.html) < len(html) / 10


@pytest.mark.parametrize("links", [LINKS, MENU])
@pytest.mark.parametrize("place", ["nav", "footer"])
def test_what_navigation_and_foot_hold_is_left_out(links: str, place: str) -> None:
    left = trimmed(f"<{place} class='x'>{links}</{place}><p>Text".encode())
    assert left is not None
    assert left.html == f"<{place} class='x'>".encode() + MARK + f"</{place}><p>Text".encode()
    assert b'<li class="item">' in left.tags


@pytest.mark.parametrize(
    "inside",
    [
        *(
            "<p>Absatz</p>",
            "<h2>Menü</h2>",
            "<nav>",
            "<!-- > -->",
            "<script>1</script>",
            "<li>ohne Liste</li>",
        ),
        *("<div>", "</div>", "</span><span>", "<a><span><a></a></span></a>", "<i></b></i><b>", "<div/>", "<"),
        *("<ul><li><li></li></li></ul>", "<ul><li><div><li></li></div></li></ul>", "<table></table>"),
        *('<a title="<h1>">x</a>', '<a class="t&#101;xt">x</a>', "<ul></ol></ul>"),
        "<button><b><button></button></b></button>",
    ],
)
def test_nothing_is_left_out_where_anything_else_stands_among_the_links(inside: str) -> None:
    assert trimmed(f"<nav>{LINKS}{inside}</nav>".encode()) is None


# What rules look for in the text of a page, at the end of the links and among them.
WORDS = [
    *"Erstellt von|Mitteilung Nr. 5|Pressemitteilung 12/2024|in 03/2024|##wort##|{{ feld }}|[% x".split("|"),
    *("g-recaptcha", "für alle", "&#8238;", "fÃ¼r", "\u202e", "\x01"),
]


@pytest.mark.parametrize("word", WORDS)
def test_a_page_is_read_as_text_without_its_links_only_where_no_rule_would_see_them(word: str) -> None:
    around = page(releases(1)[0][1], 1)
    assert again(around).lean is not None
    among = around.replace(">Themen<", f">{word}<", 1)
    assert (again(among).lean is not None) == (word == "für alle")
    behind = around.replace("</ul></nav>", f"</ul>{word}</nav>", 1)
    assert answers(again(behind), PORTAL) == answers(whole(behind), PORTAL)


def test_links_that_no_page_had_before_are_read_with_it() -> None:
    html = page(releases(1)[0][1], 1).replace(">Themen<", ">Zum ersten Mal<", 1)
    assert Saved(html.encode()).lean is None
    assert Saved(html.encode()).lean is not None


def test_links_are_known_again_where_pages_of_many_portals_come_by_turns() -> None:
    html = page(releases(1)[0][1], 1)
    portals = [html.replace(">Themen<", f">Portal {n}<") for n in range(16)]
    assert [again(one).lean is not None for one in portals] == [True] * 16
    assert [Saved(one.encode()).lean is not None for one in portals] == [True] * 16


def test_a_page_made_of_navigations_is_not_looked_through() -> None:
    around = f"<nav>{LINKS}</nav><main>"
    assert trimmed((20 * "<nav></nav>" + around).encode()) is not None
    assert trimmed((100_000 * "<nav></nav>" + around).encode()) is None


def test_a_page_in_an_older_encoding_is_read_as_a_whole() -> None:
    html = page(releases(1)[0][1], 1).replace(">Themen<", ">für<", 1).encode("cp1252")
    trimmed(html)
    saved = Saved(html, "text/html; charset=cp1252")
    assert (saved.lean, saved.text) == (None, html.decode("cp1252"))


def test_tags_that_nobody_closes_are_counted_in_what_is_left_out_too() -> None:
    html = page(releases(1)[0][1], 1)
    assert again(html.replace("</article>", "<b>" * 500 + "</article>")).lean is not None
    assert again(html.replace("</article>", "<b>" * 1_100 + "</article>")).lean is None


PARTS = st.sampled_from(
    (
        *(
            "<nav>",
            "</nav>",
            '<nav class="text">',
            "<footer>",
            "</footer>",
            '<div title="',
            '">',
            "<!--",
            "-->",
        ),
        *(
            "<div>",
            "</div>",
            "<ul>",
            "<li>",
            "</ul>",
            '<a href="/l.pdf">',
            "</a>",
            "<b>",
            "</b>",
            "<p>",
            "</p>",
        ),
        *(
            '<p><b><a href="/x.pdf">x</p>',
            "<table>",
            "<td>",
            "</table>",
            "<select>",
            "</select>",
            "<template>",
        ),
        *(
            "</template>",
            "<svg>",
            "</svg>",
            "<script>",
            "</script>",
            "<textarea>",
            "<h1>",
            "</h1>",
            "<button>",
        ),
        *("<main>", "</main>", "<article>", PROSE, '<pre id="main">', "<wbr>", "</body>", "<form>", "Text "),
        *(
            '<div class="text">',
            '<li class="kicker">Neu',
            "<object>",
            "<noscript>",
            "<h2>Mehr</h2>",
            "<td hidden>",
        ),
        *WORDS,
    )
)
SOME = st.lists(PARTS, max_size=3).map("".join)
STARTS = st.sampled_from(("<nav>", "<footer>", '<nav class="text">', "<nav title='a>b'>", '<nav id="main">'))
ENDS = st.sampled_from(("</nav>", "</footer>"))
LISTS = st.one_of(
    st.sampled_from((LINKS, MENU)),
    st.sampled_from(WORDS).map(lambda word: LINKS.replace("Thema", word, 1)),
    st.sampled_from(WORDS).map(lambda word: LINKS + word),
)
PAGES = st.tuples(SOME, STARTS, LISTS, ENDS, SOME, st.sampled_from((RELEASE, "")), SOME, STARTS, LISTS, ENDS)
LAYOUTS = st.sampled_from(
    (
        Layout(title=("h1",), body=("div.text",)),
        Layout(title=("main h1:first-child",), kicker=(".kicker",), body=(".text li", "main p ~ ul > li")),
        Layout(
            marker="nav", label=("li:last-child",), body=("div:not(:has(button))",), attachments=("footer",)
        ),
    )
)


@settings(max_examples=200, deadline=None)
@given(PAGES.map("".join), st.lists(LAYOUTS, max_size=2))
def test_a_page_says_the_same_with_and_without_what_is_left_out(html: str, layouts: list[Layout]) -> None:
    where = msgspec.structs.replace(PORTAL, layouts=tuple(layouts))
    said = answers(whole(html), where)
    assert answers(Saved(html.encode()), where) == said
    assert answers(again(html), where) == said
