"""The command line decides how long freed memory is kept, unless the operator did."""

from __future__ import annotations

from detection.cli.allocator import KEPT_FOR_MS, VARIABLE, set_allocator


def test_freed_memory_is_kept_for_a_moment() -> None:
    environment = {"LANG": "C"}
    set_allocator(environment)
    assert environment == {"LANG": "C", VARIABLE: f"dirty_decay_ms:{KEPT_FOR_MS},muzzy_decay_ms:0"}


def test_what_the_operator_set_stays() -> None:
    environment = {VARIABLE: "dirty_decay_ms:0"}
    set_allocator(environment)
    assert environment == {VARIABLE: "dirty_decay_ms:0"}
