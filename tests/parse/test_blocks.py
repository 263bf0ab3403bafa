"""The lines of an element are the same whether they are read alone or with all around them."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.parse.blocks import Known, blocks
from pipeline.parse.tree import Tree

PARTS = st.sampled_from(
    (
        *("Text", " ", "mehr Text. ", "<br>", "<p>", "</p>", "<div>", "</div>", '<a href="/x">', "</a>"),
        *("<b>", "</b>", "<ul>", "<li>", "</ul>", "<table>", "<tr>", "<td>", "</table>", "<nav>", "</nav>"),
        *("<!-- x -->", "<p hidden>", '<div class="share">', "<h2>", "</h2>", "<main>", "</main>"),
    )
)


@given(st.lists(PARTS, max_size=40).map("".join))
def test_an_element_read_with_others_around_it_has_the_lines_that_it_has_alone(html: str) -> None:
    known: Known = {}
    nodes = Tree(f"<body>{html}").css("*")
    for node in nodes:
        assert blocks(node, known=known) == blocks(node)
