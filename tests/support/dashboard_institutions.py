"""Made-up institutions of the store that is written by hand."""

from __future__ import annotations

from detection.store import schema

HOSTILE = """=1+1 <img src=x onerror="window.hit=1"> & Clinic"""
"""A name as an export may bring it: it must be shown as text, everywhere."""
_NAMES = (
    "Harbour Road Pharmacy",
    HOSTILE,
    "Jade Spring Pharmacy",
    "First People's Hospital",
    "Willow Lane Health Center",
    "Golden Autumn Pharmacy",
    "South Gate Pharmacy",
    "Riverside Clinic",
    "Third Hospital",
    "Morning Sun Pharmacy",
    "Lakeside Health Center",
    "Peace Street Pharmacy",
)
KINDS = ("pharmacy", "clinic", "pharmacy", "hospital", "primary_care", "pharmacy")
_LEVELS = ("ungraded", "primary", "ungraded", "tertiary", "primary", "ungraded")
DISTRICTS = ("320613", "320612", "320614", "320681")


def institutions() -> list[schema.Institution]:
    return [
        schema.Institution(
            provider_id=f"prov-{n:03d}",
            name=name,
            kind=KINDS[n % 6],
            level=_LEVELS[n % 6],
            district=DISTRICTS[n % 4],
        )
        for n, name in enumerate(_NAMES)
    ]
