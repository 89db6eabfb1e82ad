"""The audit log: entries chained by hashes, what verifies them, anchors outside, and JSON lines.

Nothing here knows the store: `detection.store.audit` writes entries, `detection.store.queries.audit` reads them.
"""
