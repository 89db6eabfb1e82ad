"""Policy files: ``<area>_<name>.toml``, read in layers and checked with every problem at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from features.dated import read_toml
from features.errors import PolicyError
from features.message import Message
from features.policy.checks import parameters_in, problems_of, rows_in, values_in, warnings_of
from features.policy.models import value_model
from features.policy.policy import Policy
from features.policy.values import PolicyValue

_FOLDER = Path(__file__).parent
_NAME = re.compile(r"(\d{6})_[a-z_]+\.toml")
_AREA, _OVERLAY = "area", "overlay"


@dataclass(frozen=True)
class _Layer:
    """One file: its layer and its content."""

    name: str
    path: Path
    raw: Mapping[str, object]


def load_policy(
    area: str, folder: Path | None = None, *, profile: str | None = None, overlay: Path | None = None
) -> Policy:
    """The policy of one area, in layers: the area's file, a profile, a fund's own values.

    A layer replaces the dated values of each parameter that it names as a whole.

    Args:
        area: six digits, or "none" to run without any policy.
        folder: folder of the files; this package's own when None.
        profile: a folder inside it whose values replace the area's, for instance ``illustrative``.
        overlay: a fund's own folder, whose values replace both.

    Raises:
        PolicyError: an area or profile without a file, or files with problems (all of them are listed).
    """
    if area == "none":
        return Policy("none")
    layers = list(_layers(area, folder or _FOLDER, profile, overlay))
    _refuse_problems(area, layers)
    label = {"en": area, "zh": area} | _texts(layers[0].raw.get("label"))
    parameters: dict[str, tuple[PolicyValue, ...]] = {}
    words: dict[str, Mapping[str, str]] = {}
    layer_names: dict[str, str] = {}
    for layer in layers:
        for name, entry in parameters_in(layer.raw):
            parameters[name], layer_names[name] = _dated(name, entry), layer.name
            words[name] = {"en": "", "zh": "", **words.get(name, {}), **_texts(entry)}
    return Policy(area, label, parameters, profile, layer_names, words)


def known_areas(folder: Path | None = None) -> tuple[str, ...]:
    """Areas, six digits each, that have a file in a folder; in this package when None."""
    return tuple(sorted(_files(folder or _FOLDER)))


def check_folder(folder: Path) -> tuple[list[Message], list[Message]]:
    """The problems and the oddities of a folder's files, as a layer over this package's own files.

    Raises:
        PolicyError: the folder does not exist, or has no policy file.
    """
    problems: list[Message] = []
    warnings: list[Message] = []
    for area, path in _files(_existing(folder), problems).items():
        try:
            raw = _read(path)
        except PolicyError as error:
            problems += [
                Message("{file}: {problem}", file=path.name, problem=problem) for problem in error.problems
            ]
            continue
        below = _files(_FOLDER).get(area)
        of_file = problems_of(raw, area, _parameter_names(below))
        problems += [Message("{file}: {problem}", file=path.name, problem=problem) for problem in of_file]
        if not of_file:
            warnings += [
                Message("{file}: {problem}", file=path.name, problem=warning) for warning in warnings_of(raw)
            ]
    return problems, warnings


def _layers(area: str, base: Path, profile: str | None, overlay: Path | None) -> Iterator[_Layer]:
    known, own = _files(base), _files(_existing(overlay)) if overlay else {}
    if area not in known | own:
        raise PolicyError(
            "There is no policy for area {area!r}.",
            where=Message("areas known: {areas}", areas=sorted(known | own) or [Message("none")]),
            next_step="use one of these areas, add a policy file, or run without policy: --area none",
            area=area,
        )
    if area in known:
        yield _Layer(_AREA, known[area], _read(known[area]))
    if profile is not None:
        path = _profile_file(area, base, profile)
        yield _Layer(profile, path, _read(path))
    if overlay and area not in own:
        raise PolicyError(
            "The policy folder has no file for area {area!r}.",
            where=Message(
                "{folder}: {areas}", folder=overlay.name, areas=sorted(own) or [Message("no policy file")]
            ),
            next_step="name the file {area}_<name>.toml, or leave --policy-dir out",
            area=area,
        )
    if overlay:
        yield _Layer(_OVERLAY, own[area], _read(own[area]))


def _profile_file(area: str, base: Path, profile: str) -> Path:
    profiles = sorted(
        folder.name for folder in base.iterdir() if folder.is_dir() and any(folder.glob("*.toml"))
    )
    if profile not in profiles:
        raise PolicyError(
            "There is no policy profile {profile!r}.",
            where=Message("profiles known: {profiles}", profiles=profiles or [Message("none")]),
            next_step="use one of these profiles, or leave --profile out",
            profile=profile,
        )
    files = _files(base / profile)
    if area not in files:
        raise PolicyError(
            "The profile {profile!r} has nothing for area {area!r}.",
            where=Message("areas in it: {areas}", areas=sorted(files)),
            next_step="use one of these areas, or leave --profile out",
            profile=profile,
            area=area,
        )
    return files[area]


def _existing(folder: Path) -> Path:
    if not folder.is_dir() or not any(folder.glob("*.toml")):
        raise PolicyError(
            "The policy folder does not exist, or has no .toml file.",
            where=str(folder),
            next_step="name a folder with a file <six digits>_<name>.toml",
        )
    return folder


def _files(folder: Path, problems: list[Message] | None = None) -> dict[str, Path]:
    """The files of a folder by area; a wrong file name is raised, or added to ``problems``."""
    files: dict[str, Path] = {}
    for path in sorted(folder.glob("*.toml")):
        named = _NAME.fullmatch(path.name)
        error = None
        if not named:
            error = PolicyError(
                "A policy file is named <six digits>_<name>.toml.", where=path.name, next_step="rename it"
            )
        elif named[1] in files:
            both = f"{files[named[1]].name}, {path.name}"
            error = PolicyError(
                "Two policy files for one area.", where=both, next_step="join them in one file"
            )
        else:
            files[named[1]] = path
        if error and problems is None:
            raise error
        if error and problems is not None:
            problems.append(Message("{file}: {problem}", file=error.where, problem=error.what))
    return files


def _read(path: Path) -> Mapping[str, object]:
    return read_toml(path, PolicyError)


def _refuse_problems(area: str, layers: list[_Layer]) -> None:
    wrong: dict[str, list[Message]] = {}
    below: frozenset[str] = frozenset()
    for layer in layers:
        if problems := problems_of(layer.raw, area, below):
            wrong[_shown(layer)] = problems
        below |= {name for name, _ in parameters_in(layer.raw)}
    if len(wrong) == 1:
        ((name, problems),) = wrong.items()
        raise PolicyError("The policy file cannot be used.", where=name, problems=problems)
    if wrong:
        listed = [
            Message("{file}: {problem}", file=name, problem=problem)
            for name, problems in wrong.items()
            for problem in problems
        ]
        raise PolicyError("Policy files cannot be used.", where=", ".join(wrong), problems=listed)


def _shown(layer: _Layer) -> str:
    return layer.path.name if layer.name == _AREA else f"{layer.path.parent.name}/{layer.path.name}"


def _parameter_names(path: Path | None) -> frozenset[str]:
    return frozenset(name for name, _ in parameters_in(_read(path))) if path else frozenset()


def _texts(entry: object) -> dict[str, str]:
    texts = entry if isinstance(entry, dict) else {}
    return {language: str(texts[language]) for language in ("en", "zh") if texts.get(language)}


def _dated(name: str, entry: object) -> tuple[PolicyValue, ...]:
    """The values of a parameter; rows keep the order of their keys."""
    model = value_model(name)
    values = ((model.model_validate(raw), rows_in(raw)) for raw in values_in(entry))
    return tuple(
        PolicyValue(value.start, value.value, value.unit, value.source, value.status, rows)
        for value, rows in values
    )
