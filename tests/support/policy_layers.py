"""A fund's own policy file, right and wrong in five ways."""

from __future__ import annotations

from pathlib import Path

OWN = """
area = "320600"
[[benefit.annual_cap.values]]
from = 2023-01-01
rows = [{ value = 8000.5 }, { person_category = "retired", value = 9000 }]
unit = "yuan"
source = "own notice"
status = "verified"
"""
FIVE_WRONGS = """
area = "320600"
[[benefit.ratio.values]]
from = 2023-01-01
rows = [{ level = "primary", value = 1.75 }]
unit = "ratio"
source = "notice"
status = "verified"
[[benefit.deductible.values]]
from = 2023-01-01
rows = [{ person_category = "retired", value = 500 }, { level = "primary", value = 800 }]
unit = "yuan"
source = "notice"
status = "verified"
[[benefit.annual_cap.values]]
from = 2023-01-01
rows = [{ village = "east", value = 8000 }]
unit = "yuan"
source = "notice"
status = "verified"
[[benefit.first_year.values]]
from = 2023-01-01
value = "by halves"
unit = "mode"
source = "notice"
status = "verified"
[benefit.anual_cap]
en = "Cap"
zh = "限额"
[[benefit.anual_cap.values]]
from = 2023-01-01
value = 8000
unit = "yuan"
source = "notice"
status = "verified"
"""


def own(folder: Path, content: str = OWN, name: str = "320600_own.toml") -> Path:
    (folder / name).write_text(content, encoding="utf-8")
    return folder
