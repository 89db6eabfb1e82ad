"""The hits of detectors in a run: kept ones for what a delivery did not touch, new ones for what it did.

Both together are what the detector would return for all rows. That is so for a detector that declares its reach;
`tests/unit/detection/increment` compares the two for each of them, with late and changed rows in every table.
"""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field

import narwhals.stable.v2 as nw
import polars as pl

from detection.detectors.catalogue import Detector
from detection.detectors.context import DetectorContext
from detection.detectors.hits import in_hit_order
from detection.detectors.reach import Reach
from detection.detectors.runner import all_hits
from detection.increment.digest import digest_of
from detection.increment.kept import KeptHits
from detection.increment.touched import UndeclaredReadError, declared_tables, touched_settlements
from features.engine import Views
from features.intake.changes import Changes
from features.readings import Reading

logger = logging.getLogger(__name__)

_MOST = 0.3
"""Share of all settlements beyond which a detector is run on everything: it would hardly be faster on them alone."""


@dataclass(frozen=True)
class IncrementalHits:
    """A source of hits that keeps those of detectors with a reach, and uses what an earlier run kept.

    Attributes:
        context: the whole data set; ids may be codes, kept hits have texts.
        kept: where the hits of this run are kept.
        code: version of the code.
        readings: how words with two meanings were read.
        earlier: hits of the earlier run; None without one.
        changes: what was delivered since; None where that is not known.
        reused: names of the detectors whose kept hits were used, in order.
    """

    context: DetectorContext
    kept: KeptHits
    code: str
    readings: Sequence[Reading] = ()
    earlier: KeptHits | None = None
    changes: Changes | None = None
    reused: list[str] = field(default_factory=list)
    _touched: dict[Reach, pl.Series] = field(default_factory=dict)
    _contexts: dict[Reach, DetectorContext] = field(default_factory=dict)

    def __call__(self, detector: Detector, narrowed: DetectorContext, assessable: nw.Expr) -> pl.DataFrame:
        """The hits of a detector, as `detection.detectors.runner.all_hits` gives them, some ids as texts.

        Args:
            detector: a rule or a network.
            narrowed: the data, with the rows that it can assess.
            assessable: true for those rows of its subject table.
        """
        reach = detector.reach
        if reach is None:
            return all_hits(detector, narrowed, assessable)
        digest = digest_of(detector.card, reach, self.context, self.code, self.readings)
        before = self.earlier.read(detector.name, digest) if self.earlier and self.changes else None
        hits = None if before is None else self._joined(detector, reach, assessable, before)
        if hits is None:
            hits = self._in_text(all_hits(detector, narrowed, assessable))
        self.kept.write(detector.name, digest, hits)
        return self.context.whole.in_codes(hits)

    def _in_text(self, hits: pl.DataFrame) -> pl.DataFrame:
        return self.context.whole.in_text(hits, *hits.columns)

    def _joined(
        self, detector: Detector, reach: Reach, assessable: nw.Expr, before: pl.DataFrame
    ) -> pl.DataFrame | None:
        """Kept hits on what was not touched, and new ones on what was; None where everything has to be looked at."""
        touched = self._touched_by(reach)
        total = int(self.context.whole.settlements.to_native().select(pl.len()).collect().item())
        if len(touched) > _MOST * total:
            return None
        context = self._context(reach, touched)
        rows = context.whole.settlements.filter(assessable)
        narrowed = dataclasses.replace(context, assessable=context.whole.replacing(settlements=rows))
        try:
            new = all_hits(detector, narrowed, assessable)
        except UndeclaredReadError as undeclared:
            logger.warning("%s reads %s, which its reach does not name", detector.name, undeclared)
            return None
        logger.info("%s: %d of %d settlements looked at", detector.name, len(touched), total)
        self.reused.append(detector.name)
        ids = self.context.whole.in_codes(before.select("settlement_id"))["settlement_id"]
        stand = before.filter(ids.is_not_null() & ~ids.is_in(touched.implode()))
        return in_hit_order(detector.card, pl.concat([stand, self._in_text(new)]))

    def _touched_by(self, reach: Reach) -> pl.Series:
        if reach not in self._touched and self.changes is not None:
            self._touched[reach] = touched_settlements(reach, self.changes, self.context.whole)
        return self._touched[reach]

    def _context(self, reach: Reach, touched: pl.Series) -> DetectorContext:
        """The data of a reach with the touched settlements alone."""
        if reach not in self._contexts:
            tables = declared_tables(reach, self.context.whole, touched)
            views = Views(tables, known={"observed": self.context.views["observed"]})
            self._contexts[reach] = DetectorContext(tables, views, self.context.policy, self.context.area)
        return self._contexts[reach]
