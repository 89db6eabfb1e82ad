"""The JSON Schema of mapping files: ``python -m features.intake.mapping.schema > docs/schemas/mapping.schema.json``.

An editor that knows the schema completes and checks a mapping file while it is written.
"""

from __future__ import annotations

import json
import sys

from features.intake.mapping.entries import MappingFile


def schema() -> str:
    """The schema as JSON text."""
    content = MappingFile.model_json_schema()
    content["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    content["title"] = "Mapping file of fundwatch"
    return json.dumps(content, indent=2, sort_keys=True) + "\n"


if __name__ == "__main__":
    sys.stdout.write(schema())
