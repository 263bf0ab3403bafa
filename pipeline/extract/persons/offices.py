"""Which term of office a title and a day mean, and what is said of the minister who held it."""

from datetime import date

from archive.people import Term
from pipeline.extract.mentions import Context, Minister
from pipeline.extract.persons.portfolios import fits
from pipeline.extract.persons.register import Entry
from pipeline.extract.persons.titles import CHIEF, HEAD, Title

ROLES = {"head": "head_of_government", "deputy head": "deputy"}


def minister_of(entry: Entry, title: Title | None, context: Context) -> Minister:
    """The person with the office of the day; the office is None where day and title leave it open."""
    day = context.published
    held = entry.on(day)
    begun = day is None or any(term.from_on <= day for term in entry.terms)
    past = begun and (title.past or not (held or title.acting) if title else not held)
    terms: list[Term] = list(held)
    if day and (past or not held):
        terms = [t for t in entry.terms if t.to_on and t.to_on <= day] or terms or list(entry.terms[:1])
    wanted = (title and title.jurisdiction) or context.jurisdiction
    term = max(terms, key=lambda t: _preference(t, title, wanted))
    open_ = day is None and len({t.office for t in terms}) > 1 and not _decided(terms, title)
    return Minister(
        entry.person.name,
        entry.person.person_id,
        None if open_ else term.office,
        None if open_ else term.ministry,
        term.jurisdiction,
        term.party,
        "former" if past else ROLES.get(term.rank, "minister"),
    )


def term_fits(term: Term, title: Title) -> bool:
    """Whether the title may be the everyday form of the term's office."""
    if title.rank == HEAD:
        return term.rank == "head"
    if title.rank == CHIEF:
        chancellery = "kanzlei" in (term.office + term.ministry).casefold()
        return chancellery and term.rank not in ("head", "deputy head")
    answers = [fits(stem, term.office + term.ministry) for stem in title.stems]
    return True in answers or (False not in answers and term.rank != "head")


def contradicts(title: Title, value: Minister) -> bool:
    """Whether the title says a portfolio, and the office is of another one."""
    answers = [fits(stem, f"{value.office} {value.ministry}") for stem in title.stems]
    return False in answers and True not in answers


def _decided(terms: list[Term], title: Title | None) -> bool:
    return title is not None and sum(term_fits(t, title) for t in terms) == 1


def _preference(term: Term, title: Title | None, wanted: str | None) -> tuple[bool, bool, bool, date]:
    fitting = title is not None and term_fits(term, title)
    return term.jurisdiction == wanted, fitting, term.rank != "deputy head", term.from_on
