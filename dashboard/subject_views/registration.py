"""Who a subject is: what is on record, its risk, and, small, all that it cost."""

from __future__ import annotations

from markupsafe import Markup

from dashboard.alert_views.signs import sign_chips
from dashboard.markup import amount, bold, join, lines, name_value_list, render, section, styled
from dashboard.navigation import link
from dashboard.query_cache import query
from dashboard.subjects import subject_link
from dashboard.wording import figures, label, t
from detection.store.queries.subjects import institution, person
from detection.store.queries.subjects.profile import Profile

_FUNDS = ("pool", "account", "mutual_aid")


def draw_registration(subject: Profile) -> None:
    """Names and values, the risk with its kinds of evidence, and the context of all spending."""
    section(t("subject.on_record"), "" if subject.name == subject.pseudonym else subject.pseudonym)
    name_value_list({name: value for name, value in _registration(subject).items() if value})
    _risk(subject)
    if subject.kept:
        _context(subject)


def _registration(subject: Profile) -> dict[str, str]:
    match subject.kind:
        case "provider":
            own = _institution(subject.pseudonym)
        case "person":
            own = _person(subject.pseudonym)
        case "payer_account":
            own = {t("subject.owner"): subject_link("person", subject.pseudonym)}
        case _:
            own = {}
    seen = [figures().day(day) for day in (subject.first, subject.last) if day]
    return own | {t("subject.seen"): lines(dict.fromkeys(seen))}


def _institution(pseudonym: str) -> dict[str, str]:
    own = query(institution.registration, pseudonym)
    if own is None:
        return {}
    days = [own.agreement_start, own.agreement_end]
    agreement = " – ".join(figures().day(day) if day else "" for day in days) if any(days) else ""
    return {
        t("subject.kind_and_level"): " · ".join(
            (label("provider_kind", own.kind), label("level", own.level))
        ),
        t("subject.district"): label("district", own.district),
        t("subject.agreement"): agreement,
    }


def _person(pseudonym: str) -> dict[str, str]:
    own = query(person.registration, pseudonym)
    if own is None:
        return {}
    latest = own.enrolments[-1] if own.enrolments else None
    about = [
        label("sex", own.sex) if own.sex else "",
        "" if own.age is None else t("subject.age", age=own.age),
    ]
    return {
        t("subject.sex_and_age"): " · ".join(part for part in about if part),
        t("subject.died"): figures().day(own.died) if own.died else "",
        t("subject.category"): label("person_category", latest.category) if latest else "",
        t("subject.employer"): lines(subject_link("employer", employer) for employer in own.employers),
        t("subject.account"): subject_link("payer_account", pseudonym)
        if own.account
        else t("subject.no_account"),
    }


def _risk(subject: Profile) -> None:
    """The risk and its rank, and links to what each kind of evidence looks for."""
    if subject.risk is None:
        render(styled(t("subject.no_risk"), "muted"))
        return
    rank = t("rank.of", rank=figures().count(subject.risk.rank), peers=figures().count(subject.ranked))
    text = join(
        [
            t("subject.risk"),
            " ",
            bold(figures().fixed(subject.risk.risk, 1)),
            " · ",
            link(rank, "risk", kind=subject.kind),
        ]
    )
    render(lines([text, sign_chips(subject.risk.signs)]))


def _context(subject: Profile) -> None:
    """All spending, small: it is context and accuses nobody."""
    funds: list[Markup] = [
        join([t(f"chart.{fund}"), " ", amount(getattr(subject.sums, fund))])
        for fund in _FUNDS
        if getattr(subject.sums, fund)
    ]
    count = t("subject.context", n=figures().count(subject.sums.settlements))
    render(styled(join([count, *funds], " · "), "muted small"))
