"""Policy files: ``<area>_<name>.toml``, read in layers and checked with every problem at once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from features.errors import PolicyError
from features.policy.checks import parameters_in, problems_of, warnings_of
from features.policy.policy import Policy
from features.policy.values import PolicyValue

_FOLDER = Path(__file__).parent
_NAME = re.compile(r"(\d{6})_[a-z_]+\.toml")
_AREA, _OVERLAY = "area", "overlay"


@dataclass(frozen=True)
class _Layer:
    """One file: which layer it is, and what it says."""

    name: str
    path: Path
    raw: Mapping[str, Any]


def load_policy(
    area: str, folder: Path | None = None, *, profile: str | None = None, overlay: Path | None = None
) -> Policy:
    """The policy of one area: what is known, a profile over it, and a fund's own values over both.

    A layer replaces the dated values of each parameter that it names as a whole.

    Args:
        area: six digits, or "none" to run without any policy.
        folder: where the files lie; those of this package when None.
        profile: a folder beside them whose values are laid over them, for instance ``illustrative``.
        overlay: a fund's own folder, whose values are laid over both.

    Raises:
        PolicyError: an area or profile without a file, or files with problems (all of them are listed).
    """
    if area == "none":
        return Policy("none")
    base = folder or _FOLDER
    layers = list(_layers(area, base, profile, overlay))
    _refuse_problems(area, layers)
    label = {language: str(layers[0].raw.get("label", {}).get(language, area)) for language in ("en", "zh")}
    parameters: dict[str, tuple[PolicyValue, ...]] = {}
    words: dict[str, Mapping[str, str]] = {}
    come_from: dict[str, str] = {}
    for layer in layers:
        for name, entry in parameters_in(layer.raw):
            parameters[name], come_from[name] = _dated(entry), layer.name
            words[name] = {"en": "", "zh": "", **words.get(name, {}), **_said(entry)}
    return Policy(area, label, parameters, profile, come_from, words)


def known_areas(folder: Path | None = None) -> tuple[str, ...]:
    """Areas, six digits each, that have a file in a folder; in this package when None."""
    return tuple(sorted(_files(folder or _FOLDER)))


def check_folder(folder: Path) -> tuple[list[str], list[str]]:
    """Everything that is wrong with the files of a folder, laid over this package's own, and what is odd in them.

    Raises:
        PolicyError: the folder is not there, or holds no policy file.
    """
    problems: list[str] = []
    warnings: list[str] = []
    for area, path in _files(_there(folder), problems).items():
        try:
            raw = _read(path)
        except PolicyError as error:
            problems += [f"{path.name}: {problem}" for problem in error.problems]
            continue
        below = _files(_FOLDER).get(area)
        found = problems_of(raw, area, _named(below))
        problems += [f"{path.name}: {problem}" for problem in found]
        if not found:
            warnings += [f"{path.name}: {warning}" for warning in warnings_of(raw)]
    return problems, warnings


def _layers(area: str, base: Path, profile: str | None, overlay: Path | None) -> Iterator[_Layer]:
    known, own = _files(base), _files(_there(overlay)) if overlay else {}
    if area not in known | own:
        raise PolicyError(
            f"There is no policy for area {area!r}.",
            where="areas known: " + (", ".join(sorted(known | own)) or "none"),
            next_step="use one of these areas, add a policy file, or run without policy: --area none",
        )
    if area in known:
        yield _Layer(_AREA, known[area], _read(known[area]))
    if profile is not None:
        path = _of_profile(area, base, profile)
        yield _Layer(profile, path, _read(path))
    if overlay and area not in own:
        raise PolicyError(
            f"The policy folder holds no file for area {area!r}.",
            where=f"{overlay.name}: {', '.join(sorted(own)) or 'no policy file'}",
            next_step=f"name the file {area}_<name>.toml, or leave --policy-dir out",
        )
    if overlay:
        yield _Layer(_OVERLAY, own[area], _read(own[area]))


def _of_profile(area: str, base: Path, profile: str) -> Path:
    profiles = sorted(one.name for one in base.iterdir() if one.is_dir() and any(one.glob("*.toml")))
    if profile not in profiles:
        raise PolicyError(
            f"There is no policy profile {profile!r}.",
            where="profiles known: " + (", ".join(profiles) or "none"),
            next_step="use one of these profiles, or leave --profile out",
        )
    found = _files(base / profile)
    if area not in found:
        raise PolicyError(
            f"The profile {profile!r} holds nothing for area {area!r}.",
            where="areas in it: " + ", ".join(sorted(found)),
            next_step="use one of these areas, or leave --profile out",
        )
    return found[area]


def _there(folder: Path) -> Path:
    if not folder.is_dir() or not any(folder.glob("*.toml")):
        raise PolicyError(
            "The policy folder is not there, or holds no .toml file.",
            where=str(folder),
            next_step="name a folder that holds <six digits>_<name>.toml",
        )
    return folder


def _files(folder: Path, problems: list[str] | None = None) -> dict[str, Path]:
    """The files of a folder by area; what is wrong with their names is raised, or added to ``problems``."""
    found: dict[str, Path] = {}
    for path in sorted(folder.glob("*.toml")):
        named = _NAME.fullmatch(path.name)
        error = None
        if not named:
            what = "A policy file is named <six digits>_<name>.toml."
            error = PolicyError(what, where=path.name, next_step="rename it")
        elif named[1] in found:
            both = f"{found[named[1]].name}, {path.name}"
            error = PolicyError(
                "Two policy files for one area.", where=both, next_step="join them in one file"
            )
        else:
            found[named[1]] = path
        if error and problems is None:
            raise error
        if error and problems is not None:
            problems.append(f"{error.where}: {error.what}")
    return found


def _read(path: Path) -> Mapping[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        problems = [f"not TOML: {error}"]
        raise PolicyError("The policy file is not TOML.", where=path.name, problems=problems) from None


def _refuse_problems(area: str, layers: list[_Layer]) -> None:
    problems: dict[str, list[str]] = {}
    below: frozenset[str] = frozenset()
    for layer in layers:
        problems[_shown(layer)] = problems_of(layer.raw, area, below)
        below |= {name for name, _ in parameters_in(layer.raw)}
    wrong = {name: found for name, found in problems.items() if found}
    if len(wrong) == 1:
        ((name, found),) = wrong.items()
        raise PolicyError("The policy file cannot be used.", where=name, problems=found)
    if wrong:
        listed = [f"{name}: {problem}" for name, found in wrong.items() for problem in found]
        raise PolicyError("Policy files cannot be used.", where=", ".join(wrong), problems=listed)


def _shown(layer: _Layer) -> str:
    return layer.path.name if layer.name == _AREA else f"{layer.path.parent.name}/{layer.path.name}"


def _named(path: Path | None) -> frozenset[str]:
    return frozenset(name for name, _ in parameters_in(_read(path))) if path else frozenset()


def _said(entry: Mapping[str, Any]) -> dict[str, str]:
    return {language: str(entry[language]) for language in ("en", "zh") if entry.get(language)}


def _dated(entry: Mapping[str, Any]) -> tuple[PolicyValue, ...]:
    return tuple(
        PolicyValue(
            one["from"],
            one.get("value"),
            one["unit"],
            one["source"],
            one["status"],
            tuple(one.get("rows", ())),
        )
        for one in entry["values"]
    )
