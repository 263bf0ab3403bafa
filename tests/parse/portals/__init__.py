"""Pages built by hand after the structure of real portals: every trap that was seen on them is here once."""

from tests.parse.portals.federal import FEDERAL
from tests.parse.portals.states import STATES
from tests.parse.portals.thuringia import THURINGIA

CASES = [*FEDERAL, *STATES, *THURINGIA]
