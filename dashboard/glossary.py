"""Terms of the screens and what they mean: one catalogue for the glossary and for the hints at figures and columns."""

from __future__ import annotations

from pathlib import Path

from markupsafe import Markup

from dashboard.markup import element, join
from dashboard.wording import language
from detection.language.messages import messages

_LOCALE = Path(__file__).parent / "locale"
_MEANING = ".text"


def terms() -> tuple[str, ...]:
    """All terms, in the order of the catalogue."""
    return tuple(name for name in _catalogue() if not name.endswith(_MEANING))


def term(name: str) -> str:
    """A term in the reader's language."""
    return _catalogue()[name]


def meaning(name: str) -> str:
    """What a term means, in the reader's language.

    Raises:
        KeyError: no such term.
    """
    return _catalogue()[name + _MEANING]


def explained(text: str, name: str) -> Markup:
    """Text or HTML with a question mark that says on hover or focus what it means."""
    mark = element("abbr", "?", "fw-help", title=meaning(name), tabindex="0", role="note")
    return join([text, mark])


def _catalogue() -> dict[str, str]:
    return messages(language(), "glossary", _LOCALE)
