"""Sentences for a person at the terminal: an English template with its values, which a screen may translate."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from string import Formatter


class Message(str):
    """A sentence in English that knows its template and values.

    It is a text like any other; what translates it looks its template up, and fills in the same values.
    A template without values is taken as it stands.

    Args:
        template: the sentence with places: ``There is no alert {alert_id}.``
        values: what fills the places; a value may be a message itself, a list is written with commas.
    """

    __slots__ = ("template", "values")

    template: str
    values: Mapping[str, object]

    def __new__(cls, template: str, /, **values: object) -> Message:
        """The sentence in English."""
        message = super().__new__(cls, fill(template, values, ", ", str))
        message.template, message.values = template, values
        return message

    def __getnewargs_ex__(self) -> tuple[tuple[str], Mapping[str, object]]:
        """How a copy is made."""
        return (self.template,), self.values


class Code(str):
    """A code inside a sentence: itself in English, its name in another language.

    Args:
        group: of the catalogue of codes of cases (``move``, ``role``).
        code: as it is stored.
    """

    __slots__ = ("group",)

    group: str

    def __new__(cls, group: str, code: str) -> Code:
        """The code."""
        text = super().__new__(cls, code)
        text.group = group
        return text

    def __getnewargs_ex__(self) -> tuple[tuple[str, str], dict[str, object]]:
        """How a copy is made."""
        return (self.group, str(self)), {}


@dataclass(frozen=True, repr=False)
class _Listed:
    """A list in a sentence: its entries with commas, or as Python writes it where the place says ``!r``."""

    value: object
    text: str

    def __str__(self) -> str:
        return self.text

    def __format__(self, form: str) -> str:
        return format(self.text, form)

    def __repr__(self) -> str:
        return repr(self.value)


def fill(template: str, values: Mapping[str, object], comma: str, word: Callable[[str], str]) -> str:
    """A template with its places filled.

    Args:
        template: in some language.
        values: for its places.
        comma: between the entries of a list.
        word: writes a text in that language.
    """
    if not values:
        return template

    def part(value: object) -> object:
        if isinstance(value, str):
            return word(value)
        if isinstance(value, Iterable):
            entries = (each if isinstance(each, str) else str(each) for each in value)
            return _Listed(value, comma.join(map(word, entries)))
        return value

    return template.format(**{name: part(value) for name, value in values.items()})


def places(template: str) -> set[str]:
    """The names of a template's places."""
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def chained(messages: Sequence[Message]) -> Message:
    """Messages as one, with semicolons between them.

    Raises:
        TypeError: there is none.
    """
    return reduce(lambda first, rest: Message("{first}; {rest}", first=first, rest=rest), messages)


def stored(text: str) -> Message:
    """A sentence that was stored as text: it is looked up as it stands."""
    return Message(text)


def verbatim(text: str) -> Message:
    """A text that is the same in every language: a name, what another program says."""
    return Message("{text}", text=text)
