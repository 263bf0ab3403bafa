"""The filters of a search as keyword arguments."""

from collections.abc import Mapping
from datetime import date
from typing import TypedDict

from archive.parameters import NO, PARAMETERS, YES, ParameterError, check

BY_KEYWORD = {parameter.keyword: parameter for parameter in PARAMETERS}
Value = str | int | float | date | None


class Filters(TypedDict, total=False):
    """The filters of the search; what is left out, None or False does not narrow."""

    query: str  # words, in the language of the search page
    jurisdiction: str  # DE-TH; DE is the federation
    publisher: str  # full name
    source: str  # key
    kind: str  # press_release, joint_release, media_invitation, speech …
    year: int | str
    since: str | date  # published on this day or later
    until: str | date
    district: str  # official key of 5 digits: the district or a place in it is named
    municipality: str  # official key of 8 digits
    person: str  # id in the table ministers
    office: str
    amount_from: float | str  # euros
    amount_to: float | str
    changed: bool  # seen in more than one version
    missing: bool  # gone from its portal
    with_attachment: bool
    with_grant: bool


def parameters(filters: Mapping[str, object]) -> dict[str, str]:
    """Filters by their names in addresses. Raises ParameterError where a value means nothing."""
    found = {}
    for keyword, value in filters.items():
        if keyword not in BY_KEYWORD:
            raise ParameterError(f"{keyword!r} is no filter; known are {', '.join(BY_KEYWORD)}")
        if value is None or value is False:
            continue
        parameter = BY_KEYWORD[keyword]
        text = _written(value)
        check(parameter, text, keyword)
        if not (parameter.form == "flag" and text == NO):
            found[parameter.name] = text
    return found


def _written(value: object) -> str:
    """
    >>> _written(True), _written(date(2018, 3, 28)), _written(1e6), _written(0.5)
    ('1', '2018-03-28', '1000000', '0.5')
    """
    if value is True:
        return YES
    if isinstance(value, date):
        return value.isoformat()[:10]
    if isinstance(value, float):
        return f"{value:.2f}".rstrip("0").rstrip(".")
    return str(value)
