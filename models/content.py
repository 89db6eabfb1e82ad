"""What a fitted model is, as a hash: the same for equal numbers, however and when its file was written."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

import numpy as np


def content_digest(model: object) -> str:
    """Hash of all that a model learnt: 16 hexadecimal digits."""
    content = hashlib.sha256()
    _add(content, model)
    return content.hexdigest()[:16]


def _add(content: Any, value: object) -> None:
    """Add a value to a hash, with what it contains, in an order that does not depend on where it lies in memory."""
    if isinstance(value, np.ndarray):
        _add_array(content, value)
    elif isinstance(value, np.generic):
        _add(content, value.item())
    elif value is None or isinstance(value, bool | int | float | str | bytes):
        content.update(f"{type(value).__name__} {value!r}\0".encode())
    elif isinstance(value, Mapping):
        content.update(f"map {len(value)}\0".encode())
        for key in sorted(value, key=str):
            _add(content, key)
            _add(content, value[key])
    elif isinstance(value, list | tuple):
        content.update(f"list {len(value)}\0".encode())
        for entry in value:
            _add(content, entry)
    else:
        content.update(f"{type(value).__name__}\0".encode())
        # Objects of compiled code have a state, but no dictionary.
        _add(content, vars(value) if hasattr(value, "__dict__") else value.__getstate__())


def _add_array(content: Any, array: np.ndarray[Any, Any]) -> None:
    """Add an array; of records, each field, for there may be unused bytes between them."""
    if array.dtype.names is not None:
        for name in array.dtype.names:
            _add(content, name)
            _add_array(content, array[name])
    elif array.dtype.hasobject:
        _add(content, array.tolist())
    else:
        content.update(f"array {array.dtype.str} {array.shape}\0".encode())
        content.update(np.ascontiguousarray(array).tobytes())
