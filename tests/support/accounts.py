"""Acting with another account of the machine than the one that runs the tests."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

WITHOUT_RIGHTS = 65_534


@contextmanager
def unprivileged() -> Iterator[None]:
    """Act without the rights of root, whom no permission stops; other accounts stay what they are."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(WITHOUT_RIGHTS)
    try:
        yield
    finally:
        os.seteuid(0)
