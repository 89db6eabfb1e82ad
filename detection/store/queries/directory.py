"""Which id a pseudonym stands for, and how ids appear to a reader: masked, or as the source has them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session

from detection.masking import mask, masker, render
from detection.store.schema import Alert, AlertMember, Institution


class Directory:
    """Ids and pseudonyms of one store; it holds real ids and stays inside this package.

    Args:
        session: of the store.
        key: secret of the pseudonyms.
        reveal: whether ids appear as the source has them.
    """

    def __init__(self, session: Session, key: bytes, *, reveal: bool = False) -> None:
        self._session, self._key, self._reveal = session, key, reveal

    @property
    def reveals(self) -> bool:
        """Whether ids appear as the source has them."""
        return self._reveal

    def identity(self, kind: str, identity: str | None) -> str:
        """An id as it appears to the reader; empty for none."""
        if not identity:
            return ""
        return identity if self._reveal else mask(self._key, identity, kind)

    def name(self, kind: str, identity: str | None) -> str:
        """The name of an institution; anything else as `identity` gives it."""
        name = self.names.get(identity or "") if kind == "provider" else None
        return name or self.identity(kind, identity)

    def sentence(self, text: str, *, named: bool = True) -> str:
        """A stored sentence with its ids as they appear to the reader, institutions by name where ``named``."""
        names = self.names if named else None
        return render(text, self._key, reveal=self._reveal, names=names)

    def provider_id(self, pseudonym: str) -> str:
        """The institution of a pseudonym; empty where there is none."""
        return self._providers.get(pseudonym, "")

    def provider_ids_named(self, text: str) -> Sequence[str]:
        """Institutions whose name contains a text, whatever its case."""
        return [provider for provider, name in self.names.items() if text.lower() in name.lower()]

    def subject_ids(self, pseudonym: str) -> Sequence[str]:
        """Subjects of alerts under a pseudonym: people, institutions, accounts and groups."""
        return self._subjects.get(pseudonym, ())

    def involved_ids(self, kind: str, pseudonym: str) -> Sequence[str]:
        """Subjects of a kind under a pseudonym that are in any alert: about it, at it, or among its people."""
        match kind:
            case "provider":
                return tuple(filter(None, (self.provider_id(pseudonym),)))
            case "person":
                return sorted({*self.subject_ids(pseudonym), *self._members.get(pseudonym, ())})
            case _:
                return self.subject_ids(pseudonym)

    def subjects_starting(self, kind: str, text: str) -> Sequence[str]:
        """Pseudonyms of the subjects of alerts of a kind that start with a text, sorted."""
        letter = mask(self._key, "", kind)[:1]
        return sorted(name for name in self._subjects if name.startswith(text) and name[:1] == letter)

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Names of the institutions by id."""
        query = select(Institution.provider_id, Institution.name)
        return dict(self._session.execute(query).all())

    @cached_property
    def _providers(self) -> Mapping[str, str]:
        return {mask(self._key, provider_id, "provider"): provider_id for provider_id in self.names}

    @cached_property
    def _members(self) -> Mapping[str, Sequence[str]]:
        masked = masker(self._key, "person")
        people = self._session.scalars(select(AlertMember.person_id).distinct())
        return {masked(person): (person,) for person in people}

    @cached_property
    def _subjects(self) -> Mapping[str, Sequence[str]]:
        subjects: dict[str, list[str]] = {}
        for kind, identity in self._session.execute(select(Alert.subject_kind, Alert.subject_id).distinct()):
            subjects.setdefault(mask(self._key, identity, kind), []).append(identity)
        return subjects
