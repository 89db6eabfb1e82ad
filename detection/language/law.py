"""A legal basis as readers of a language cite it: ``国务院令第735号第17条、第41条``."""

from __future__ import annotations

import re

from detection.language.messages import code_label, messages

_ARTICLE = re.compile(r"arts?\. ([\w ,]+)")
_CITED = re.compile(
    r"(?P<instrument>.+?)(?:, (?P<article>.+?))??"
    r"(?: \(events(?: from (?P<start>[\d-]+))?(?: (?:to|until) (?P<end>[\d-]+))?\))?"
)


def law_text(cited: str, language: str) -> str:
    """An instrument, its article and the events that it covers.

    Args:
        cited: as an alert keeps it (`detection.alerts.law.quoted`).
        language: ``en`` or ``zh``.
    """
    found = _CITED.fullmatch(cited)
    if found is None:
        return cited
    said, article = messages(language, "codes"), found["article"]
    law = code_label("instrument", found["instrument"], language)
    if article and language == "zh" and _ARTICLE.fullmatch(article):
        article = "、".join(f"第{number}条" for number in re.findall(r"\d+", article))
    elif article and language == "zh":
        article = article.replace(" to ", "至").replace(" and ", "、").replace(", ", "、")
    if article:
        law = said["law.article"].format(instrument=law, article=article)
    start, end = found["start"], found["end"]
    if not start and not end:
        return law
    covers = "law.between" if start and end else "law.from" if start else "law.until"
    return said[covers].format(law=law, start=start, end=end)
