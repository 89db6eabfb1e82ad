"""Who acts in the random worlds of rules, where and when."""

from __future__ import annotations

import datetime as dt

FIRST_DAY = dt.date(2023, 6, 1)
OPENING = dt.datetime(2023, 6, 1, 8)
DAYS = 120
PEOPLE = [f"person{number:02d}" for number in range(30)]
PLACES = [f"place{number}" for number in range(4)]
