"""Every detector, discovered by its card: a new detector needs one new pair of files.

Rules and networks are pairs ``<name>.py`` + ``<name>.toml``; an anomaly detector is a card alone, because the
model is the same for all. Code is imported on first use, so that cards can be read quickly.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from detection.detectors.card_files import read_card, stored_name
from detection.detectors.cards import Card, Kind
from features.errors import CardError
from features.message import Message

if TYPE_CHECKING:  # a reader of cards needs neither views nor policy
    from detection.detectors.context import Artifacts, ExposedPeople, Hits, StepsOf, SubjectEvidence
    from detection.detectors.reach import Reach

_ROOT = Path(__file__).parent.parent
_PACKAGE = "detection"


@dataclass(frozen=True)
class Detector:
    """One detector.

    Attributes:
        card: the choices that were made about it, and its texts.
        module: the module of its query; None for an anomaly, whose alerts come from the models' scores.
    """

    card: Card
    module: str | None

    @property
    def name(self) -> str:
        """The stored and exported name: the card's key ``detector``."""
        return self.card.detector

    @property
    def hits(self) -> Hits | None:
        """Its query, imported on first use; None for an anomaly."""
        if self.module is None:
            return None
        return cast("Hits", importlib.import_module(self.module).hits)

    @property
    def reach(self) -> Reach | None:
        """Which rows decide about a hit; None where it declares none, so that any row may."""
        if self.module is None:
            return None
        return cast("Reach | None", getattr(importlib.import_module(self.module), "reach", None))

    @property
    def steps_of(self) -> StepsOf | None:
        """How it explains a settlement step by step; None where it does not."""
        if self.module is None:
            return None
        return cast("StepsOf | None", getattr(importlib.import_module(self.module), "steps_of", None))

    @property
    def evidence(self) -> SubjectEvidence | None:
        """Its evidence about subjects, cases or not; None where the alerts' own evidence is all."""
        if self.module is None:
            return None
        return cast("SubjectEvidence | None", getattr(importlib.import_module(self.module), "evidence", None))

    @property
    def exposed_people(self) -> ExposedPeople | None:
        """How many people could have had some violations; None where rows are counted for all of them."""
        if self.module is None:
            return None
        module = importlib.import_module(self.module)
        return cast("ExposedPeople | None", getattr(module, "exposed_people", None))

    @property
    def artifacts(self) -> Artifacts | None:
        """The tables that it writes for screens; None where it declares none."""
        if self.module is None:
            return None
        return cast("Artifacts | None", getattr(importlib.import_module(self.module), "artifacts", None))

    def with_thresholds(self, values: Mapping[str, Any]) -> Detector:
        """The same detector with other values of some thresholds, for a trial."""
        return replace(self, card=replace(self.card, thresholds=self.card.thresholds.replacing(**values)))


@cache
def catalogue(root: Path = _ROOT) -> dict[str, Detector]:
    """Every detector by name, sorted.

    Args:
        root: the folder that holds ``rules/``, ``networks/`` and ``anomalies/``.

    Raises:
        CardError: an incomplete card, a name used twice, or half a pair; all of the last two are listed.
    """
    pairs = list(_pairs(root))
    paths = [path for path, _ in pairs]
    try:
        detectors = [_detector(path, kind) for path, kind in pairs]
    except CardError:
        _refuse_inconsistent(root, paths, [stored_name(path) for path in paths])
        raise
    _refuse_inconsistent(root, paths, [detector.name for detector in detectors])
    return {detector.name: detector for detector in sorted(detectors, key=lambda each: each.name)}


def _refuse_inconsistent(root: Path, paths: Sequence[Path], names: Sequence[str]) -> None:
    problems = [*_incomplete_pairs(root), *_repeated_names(paths, names)]
    if problems:
        raise CardError(
            "The catalogue of detectors is inconsistent.",
            problems=problems,
            next_step="give every detector a name of its own, and a .py and a .toml under that name",
        )


def _pairs(root: Path) -> Iterator[tuple[Path, Kind]]:
    for path in sorted((root / "rules").glob("*/*.toml")):
        yield path, "rule"
    for path in sorted((root / "networks").glob("*.toml")):
        yield path, "network"
    for path in sorted((root / "anomalies").glob("*.toml")):
        yield path, "model"


def _incomplete_pairs(root: Path) -> Iterator[Message]:
    """Pairs that lack a file; ``networks/`` may hold modules without a query, which need no card."""
    for folder in sorted([*(root / "rules").glob("*/"), root / "networks"]):
        modules = [path for path in folder.glob("*.py") if path.stem != "__init__"]
        code = {path.stem for path in modules}
        queries = {path.stem for path in modules if folder.name != "networks" or _has_query(path)}
        cards = {path.stem for path in folder.glob("*.toml")}
        yield from (
            Message("{folder}/{name}.py has no card", folder=folder.name, name=name)
            for name in sorted(queries - cards)
        )
        yield from (
            Message("{folder}/{name}.toml has no code", folder=folder.name, name=name)
            for name in sorted(cards - code)
        )


def _has_query(path: Path) -> bool:
    return "\ndef hits(" in path.read_text(encoding="utf-8")


def _repeated_names(paths: Sequence[Path], names: Sequence[str]) -> Iterator[Message]:
    by_name: dict[str, list[str]] = {}
    for path, stored in zip(paths, names, strict=True):
        by_name.setdefault(stored, []).append(f"{path.parent.name}/{path.name}")
    for name, cards in sorted(by_name.items()):
        if len(cards) > 1:
            yield Message("{name!r} is used twice: {names}", name=name, names=cards)


def _detector(path: Path, kind: Kind) -> Detector:
    card = read_card(path)
    if card.kind != kind:
        raise CardError(
            "The card says kind = {kind!r}, but its folder is that of {folder} detectors.",
            where=path.name,
            kind=card.kind,
            folder=kind,
        )
    folder = f"rules.{path.parent.name}" if kind == "rule" else path.parent.name
    return Detector(card, None if kind == "model" else f"{_PACKAGE}.{folder}.{path.stem}")
