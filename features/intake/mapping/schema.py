"""The JSON Schema of mapping files, docs/schemas/mapping.schema.json; ``make golden`` writes it.

An editor that knows the schema completes and checks a mapping file while it is written.
"""

from __future__ import annotations

import json

from features.dated import json_schema
from features.intake.mapping.entries import MappingFile


def schema() -> str:
    """The schema as JSON text."""
    return json.dumps(json_schema(MappingFile, "Mapping file"), ensure_ascii=False, indent=1) + "\n"
