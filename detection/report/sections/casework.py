"""What became of the period's alerts: money upheld and received, verdicts by detector, results of random audits."""

from __future__ import annotations

from collections.abc import Iterator

from detection.cases.money import FUNDS, RECOVERY_KINDS, MoneyStage
from detection.language.messages import case_label
from detection.report.words import Words
from detection.store.queries.casework.audits import Audited
from detection.store.queries.casework.outcomes import Outcomes


def casework_points(outcomes: Outcomes, words: Words) -> Iterator[str]:
    """Sentences; none where no alert of the period came to a case, has a verdict or was selected for an audit."""
    if outcomes.cases:
        yield words(
            "report.cases",
            n=words.figures.count(outcomes.cases),
            upheld=_money(outcomes, "upheld", words),
            received=_money(outcomes, "received", words),
        )
    if outcomes.verdicts:
        parts = (
            words(
                "report.verdict",
                detector=words.detector_label(detector),
                verdict=case_label("verdict", verdict, words.language),
                n=words.figures.count(many),
            )
            for (detector, verdict), many in outcomes.verdicts.items()
        )
        yield words("report.verdicts", parts=words.listed(parts))
    for audits in outcomes.audits:
        yield _audit(audits, words)


def _audit(audits: Audited, words: Words) -> str:
    """What audits of one stratum found, with the interval of the rate; or that nothing is known yet."""
    count, share = words.figures.count, words.figures.share
    stratum = case_label("stratum", audits.stratum, words.language)
    rate = audits.rate
    if rate is None:
        return words("report.audit.waiting", stratum=stratum, drawn=count(audits.size))
    return words(
        "report.audit",
        stratum=stratum,
        drawn=count(audits.size),
        judged=count(rate.known),
        missed=count(rate.missed),
        rate=share(rate.rate, 1),
        low=share(rate.low, 1),
        high=share(rate.high, 1),
    )


def _money(outcomes: Outcomes, stage: MoneyStage, words: Words) -> str:
    """Money of a stage by kind and fund, none added to another."""
    parts = [
        words(
            "report.case_money",
            kind=case_label("money", kind, words.language),
            fund=case_label("fund", fund, words.language),
            money=words.figures.money(fen),
        )
        for kind in RECOVERY_KINDS
        for fund in FUNDS
        if (fen := outcomes.money.get((kind, fund, stage), 0))
    ]
    return words.listed(parts) if parts else words.figures.money(0)
