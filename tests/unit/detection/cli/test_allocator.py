"""The command line decides how long freed memory is kept, unless the operator did, and when cycles are looked for."""

from __future__ import annotations

import gc

from detection.cli.allocator import (
    KEPT_FOR_MS,
    NEW_OBJECTS,
    OLD_ROUNDS,
    VARIABLE,
    YOUNG_ROUNDS,
    set_allocator,
    set_collector,
)


def test_freed_memory_is_kept_for_a_moment() -> None:
    environment = {"LANG": "C"}
    set_allocator(environment)
    assert environment == {"LANG": "C", VARIABLE: f"dirty_decay_ms:{KEPT_FOR_MS},muzzy_decay_ms:0"}


def test_what_the_operator_set_stays() -> None:
    environment = {VARIABLE: "dirty_decay_ms:0"}
    set_allocator(environment)
    assert environment == {VARIABLE: "dirty_decay_ms:0"}


def test_cycles_are_looked_for_less_often() -> None:
    before = gc.get_threshold()  # a command that ran in this process has set it
    gc.set_threshold(700, 10, 10)
    try:
        set_collector()
        assert gc.get_threshold() == (NEW_OBJECTS, YOUNG_ROUNDS, OLD_ROUNDS)
    finally:
        gc.set_threshold(*before)
