"""Records that go from process to process in few steps: as a call with their values, in the order of fields.

A record with slots would be taken apart and put together field by field, in Python, in both processes.
"""

import copyreg
from collections.abc import Callable
from dataclasses import fields
from operator import attrgetter
from typing import TypeAlias

Call: TypeAlias = tuple[type[object], tuple[object, ...]]


def lean(record: type) -> None:
    """Let a class of records, with two fields or more that are all given to make it, travel that way."""
    values: Callable[[object], tuple[object, ...]] = attrgetter(*(field.name for field in fields(record)))

    def call(one: object) -> Call:
        return record, values(one)

    copyreg.pickle(record, call)
