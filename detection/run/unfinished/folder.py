"""The folder of a run that has not ended: files of its finished steps, each with its hash.

::

    WS/unfinished/<made of>/
      run/                        what becomes the folder of the run, as far as it is written
      hits/, evidence/            what detectors returned
      steps/<step>.json           the files of a finished step with their hashes, and its results that are no file

The name of the folder is the hash of everything that its content is made of. A step whose files are not as they were
written is not finished. Folders with another name are of other data, settings or code: they are removed.
"""

from __future__ import annotations

import json
import logging
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from features.sealing import digest
from features.workspace import Workspace

logger = logging.getLogger(__name__)

_LIST = ".json"


class Unfinished:
    """One folder; `open_unfinished` opens it. Its run has the lock of the workspace."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.run = folder / "run"
        self._steps = folder / "steps"
        self.run.mkdir(parents=True, exist_ok=True)
        self._steps.mkdir(exist_ok=True)
        self._results = dict(self._finished())

    def result(self, step: str) -> Mapping[str, Any] | None:
        """The results that a finished step wrote with `finish`; None where it has to be done."""
        return self._results.get(step)

    def path(self, place: str) -> Path:
        """A file or folder of a step, in a folder that exists."""
        path = self.folder / place
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def begin(self, *places: str) -> None:
        """Remove what a step that was stopped left at its places: files, and folders with all that is in them."""
        for place in places:
            path = self.folder / place
            if path.is_dir():
                shutil.rmtree(path)
            path.unlink(missing_ok=True)

    def finish(self, step: str, places: Sequence[str], result: Mapping[str, Any]) -> None:
        """Note that a step is done.

        Args:
            step: its name.
            places: its files, and folders with all of their files.
            result: what it gave besides files, as JSON has it; the hashes of the files go with it.
        """
        files = {file.relative_to(self.folder).as_posix(): digest(file) for file in self._files(places)}
        draft = self._steps / step
        draft.write_text(json.dumps({"files": files, "result": result}), encoding="utf-8")
        draft.replace(self._list(step))

    def do(
        self, step: str, places: Sequence[str], write: Callable[[], object], *, of: Sequence[str] = ()
    ) -> None:
        """Do a step that only writes files, unless it is finished.

        Args:
            step: its name.
            places: as for `finish`.
            write: writes the files.
            of: what else the files are made of; a step that was finished of something else is done again.
        """
        result = {"of": list(of)}
        if self.result(step) != result:
            self.begin(*places)
            write()
            self.finish(step, places, result)

    def remove(self) -> None:
        """Remove everything: the run has ended, and its files are in their place."""
        shutil.rmtree(self.folder)
        self.folder.parent.rmdir()

    def _list(self, step: str) -> Path:
        return self._steps / f"{step}{_LIST}"

    def _files(self, places: Sequence[str]) -> Iterator[Path]:
        for place in places:
            path = self.folder / place
            yield from sorted(each for each in path.rglob("*") if each.is_file()) if path.is_dir() else [path]

    def _finished(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """Steps whose files are as they were written, with their results; the lists of others are removed."""
        for file in sorted(self._steps.iterdir()):
            try:
                content = json.loads(file.read_text(encoding="utf-8")) if file.suffix == _LIST else {}
                same = all(digest(self.folder / place) == hash_ for place, hash_ in content["files"].items())
            except (OSError, ValueError, KeyError, TypeError, AttributeError):
                same = False
            if same:
                yield file.stem, content["result"]
            else:
                file.unlink()


def open_unfinished(space: Workspace, made_of: str) -> Unfinished:
    """The unfinished run that is made of the same, or an empty folder for a new one; others are removed.

    Args:
        space: the workspace, locked by the caller.
        made_of: hash of everything that the files of the run are made of.
    """
    others = [each for each in _folders(space) if each.name != made_of]
    for other in others:
        shutil.rmtree(other)
        logger.info("An unfinished run of other data, settings or code was removed")
    return Unfinished(space.unfinished / made_of)


def _folders(space: Workspace) -> list[Path]:
    return sorted(space.unfinished.iterdir()) if space.unfinished.is_dir() else []
