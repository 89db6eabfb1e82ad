"""Fonts of pages, tables and charts: only those of the reader's computer, as nothing is fetched."""

from __future__ import annotations

_LATIN = ("Source Sans", "Segoe UI")
_CHINESE = ("Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Micro Hei")
"""Of Windows, macOS and Linux. Without a name the browser may take Japanese shapes of the same characters."""
_MONOSPACED = ("Consolas", "Menlo", "DejaVu Sans Mono")


def _stack(names: tuple[str, ...], kind: str) -> str:
    return ", ".join([*(f'"{name}"' for name in names), kind])


SANS = _stack(_LATIN + _CHINESE, "sans-serif")
MONOSPACED = _stack(_MONOSPACED + _CHINESE, "monospace")
