"""Reading cards: an incomplete card is refused, with every problem listed."""

from __future__ import annotations

import hashlib
from pathlib import Path

import tomli

from detection.detectors.card_content import card_of
from detection.detectors.card_model import CardFile, contradictions, with_current_keys
from detection.detectors.cards import Card
from features.dated import problems, read_toml
from features.errors import CardError


def read_card(path: Path) -> Card:
    """Read and check one card; a key of an earlier version is read, and a warning names the new key.

    Args:
        path: the TOML file; the detector's code has the same base name.

    Raises:
        CardError: with every problem of the card.
    """
    code = path.with_suffix(".py")
    content = with_current_keys(read_toml(path, CardError), where=path.name)
    if wrong := [*problems(CardFile, content), *contradictions(content)]:
        raise CardError("The card is incomplete.", where=path.name, problems=wrong)
    files = path.read_bytes() + (code.read_bytes() if code.exists() else b"")
    file = CardFile.model_validate(content)
    return card_of(file, detector=file.detector or path.stem, digest=hashlib.sha256(files).hexdigest()[:16])


def stored_name(path: Path) -> str:
    """The detector's name: the card's key ``detector``; the file's base name where there is none or no TOML."""
    try:
        return str(tomli.loads(path.read_text(encoding="utf-8")).get("detector", path.stem))
    except (tomli.TOMLDecodeError, UnicodeDecodeError):
        return path.stem
