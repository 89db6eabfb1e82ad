"""Names of institutions: which are the same, and which are near."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property

from detection.leads.limits import limits


def plain_name(name: str) -> str:
    """A name without what differs between offices that write the same: width, case, blanks and signs."""
    text = unicodedata.normalize("NFKC", name).casefold()
    return "".join(character for character in text if character.isalnum())


class Names:
    """Names by id, to be looked for by a name that somebody else wrote.

    Args:
        names: of institutions, by id.
    """

    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names

    def same(self, name: str) -> Sequence[str]:
        """Ids of those that have this name, sorted."""
        return self._same.get(plain_name(name), ())

    def near(self, name: str) -> Sequence[str]:
        """Ids of those whose name is near, the nearest first; at most as many as limits.toml says."""
        pairs = _pairs(plain_name(name))
        common = Counter(identity for pair in pairs for identity in self._with_pair.get(pair, ()))
        shares = [
            (2 * count / (len(pairs) + self._counts[identity]), identity)
            for identity, count in common.items()
        ]
        near = sorted((-share, identity) for share, identity in shares if share >= limits().near_name)
        return [identity for _, identity in near[: limits().most_proposals]]

    @cached_property
    def _same(self) -> Mapping[str, Sequence[str]]:
        same: dict[str, list[str]] = {}
        for identity, name in sorted(self._names.items()):
            same.setdefault(plain_name(name), []).append(identity)
        return same

    @cached_property
    def _with_pair(self) -> Mapping[str, Sequence[str]]:
        with_pair: dict[str, list[str]] = {}
        for identity, name in self._names.items():
            for pair in _pairs(plain_name(name)):
                with_pair.setdefault(pair, []).append(identity)
        return with_pair

    @cached_property
    def _counts(self) -> Mapping[str, int]:
        return {identity: len(_pairs(plain_name(name))) for identity, name in self._names.items()}


def _pairs(text: str) -> set[str]:
    """Pairs of neighboring characters; the text itself where it has one alone."""
    return {text[at : at + 2] for at in range(len(text) - 1)} or {text}
