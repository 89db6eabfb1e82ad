"""The feedback sheet says who took it, when, and its number; the audit log has its hash."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from support.lead_files import NOON, SENDER, ZHAO, imported, make_packets
from support.store_runs import Store

from detection.export.mark import file_hash
from detection.followup.audit.verifying import verify_log
from detection.followup.outside.feedback import FEEDBACK_FORMATS, feedback
from detection.store.queries import open_store
from detection.store.queries.audit.reading import entries

LINE = "Export 1, taken by zhao on 2026-11-30 12:00:00"


@pytest.mark.parametrize("file_format", FEEDBACK_FORMATS)
def test_a_feedback_sheet_is_marked_and_its_hash_is_in_the_log(store: Store, file_format: str) -> None:
    make_packets(store)
    imported(store, {}, {})
    root = store.workspace.root
    content = feedback(root, SENDER, language="en", actor=ZHAO, at=NOON, file_format=file_format)
    if file_format == "csv":
        assert all(LINE in row for row in content.decode("utf-8-sig").splitlines()[1:])
    else:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            assert LINE in book.read("docProps/core.xml").decode()
    with open_store(store.workspace) as reader:
        [entry] = [entry for entry in entries(reader) if entry.action == "export_file"]
    after = json.loads(entry.after or "")
    assert (after["of_export"], after["file_hash"]) == (1, file_hash(content))
    assert verify_log(store.workspace, actor="sun", at=NOON).fault is None
