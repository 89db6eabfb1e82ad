"""Hits that a run keeps for the next one: ``kept/hits/<detector>.parquet`` of its folder, each with what made it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import polars as pl

FOLDER = "kept"
_DIGEST = "fundwatch_digest"


@dataclass(frozen=True)
class KeptHits:
    """The hits of some detectors, as files.

    Attributes:
        folder: ``kept/hits`` of a run; it may lack files, or not be there.
    """

    folder: Path

    def read(self, detector: str, digest: str) -> pl.DataFrame | None:
        """The hits of a detector; None where none are kept, or other code, policy or columns made them.

        Args:
            detector: its name.
            digest: of what would make them now (`detection.increment.digest`).
        """
        file = self._file(detector)
        if not file.exists() or pl.read_parquet_metadata(file).get(_DIGEST) != digest:
            return None
        return pl.read_parquet(file)

    def write(self, detector: str, digest: str, hits: pl.DataFrame) -> None:
        """Keep hits, with the digest of what made them."""
        self.folder.mkdir(parents=True, exist_ok=True)
        hits.write_parquet(self._file(detector), metadata={_DIGEST: digest})

    def _file(self, detector: str) -> Path:
        return self.folder / f"{detector}.parquet"


def kept_hits(run_folder: Path) -> KeptHits:
    """The hits that a run keeps."""
    return KeptHits(run_folder / FOLDER / "hits")
