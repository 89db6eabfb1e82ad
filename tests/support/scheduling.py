"""How the tests are given to the processes of pytest-xdist."""

from __future__ import annotations

from xdist.scheduler import LoadScopeScheduling

SPREAD = (
    "tests/browser/test_every_text.py",
    "tests/end_to_end/test_killed_runs.py",
    "tests/end_to_end/test_properties.py",
    "tests/unit/detection/indicators/test_assessability.py",
    "tests/unit/detection/indicators/test_hand_counts.py",
)
"""Files whose tests are independent and long, so that each test may run in another process."""


class SpreadFiles(LoadScopeScheduling):
    """All tests of a file in one process, but for the spread files."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return nodeid if file.endswith(SPREAD) else file
