"""The page to sign in, in both languages: plain HTML with the product's look, and no script."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from http import HTTPStatus
from urllib.parse import urlencode

from markupsafe import Markup
from starlette.responses import HTMLResponse

from dashboard.gate.gate import OIDC
from dashboard.wording import LANGUAGES, catalogue

_CACHED = {"Cache-Control": "no-store"}
_PAGE = Markup(
    """<!doctype html>
<html lang="{tag}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title><link rel="icon" href="/login/icon.svg"><link rel="stylesheet" href="/login/style.css"></head>
<body><main><header><img src="/login/icon.svg" alt=""><h1>{title}</h1></header>
{problem}
<form method="post" action="/login?lang={language}">
<input type="hidden" name="form" value="{secret}"><input type="hidden" name="next" value="{target}">
<label for="name">{name_label}</label>
<input id="name" name="name" value="{name}" autocomplete="username" maxlength="80" required {focus_name}>
<label for="password">{password_label}</label>
<input id="password" name="password" type="password" autocomplete="current-password" maxlength="200" required
 {focus_password}>
{own}<button type="submit">{submit}</button></form>
{elsewhere}<p>{note}</p><footer>{languages}</footer></main></body></html>
"""
)
_OWN = Markup(
    """<label for="new">{new_label}</label>
<input id="new" name="new" type="password" autocomplete="new-password" maxlength="200" required>
<label for="again">{again_label}</label>
<input id="again" name="again" type="password" autocomplete="new-password" maxlength="200" required>
<p>{rule}</p>
"""
)
"""Fields for a password of one's own."""
_PROBLEM = Markup('<p class="problem" role="alert">{text}</p>')
_LINK = Markup('<a href="/login?{query}" lang="{tag}">{text}</a>')
_ELSEWHERE = Markup('<p><a href="{address}">{text}</a></p>')
_TAGS = {"en": "en", "zh": "zh-CN"}


@dataclass(frozen=True)
class LoginForm:
    """What the page shows.

    Attributes:
        language: ``en`` or ``zh``.
        target: path to go on to.
        name: as typed before.
        problem: why it is shown again; empty the first time.
        minutes: how long to wait, for the problem of waiting.
        own: whether it asks for a password of one's own: an administrator chose the one that there is.
        refusal: why a new password was refused, in the page's language; in place of a problem.
    """

    language: str
    target: str
    name: str = ""
    problem: str = ""
    minutes: int = 0
    own: bool = False
    refusal: str = ""

    def with_problem(self, problem: str, minutes: int = 0) -> LoginForm:
        """The same form with the reason why it is shown again."""
        return replace(self, problem=problem, minutes=minutes)

    def refused(self, reason: str) -> LoginForm:
        """The same form with the reason why a new password was refused, in its language."""
        return replace(self, refusal=reason)


def login_page(form: LoginForm, secret: str, status: HTTPStatus, *, provider: bool) -> HTMLResponse:
    """The page.

    Args:
        form: what it shows.
        secret: what the form sends back.
        status: of the answer.
        provider: whether people may sign in at an identity provider.
    """
    t = partial(text, form.language)
    problem = t(f"signin.problem.{form.problem}", minutes=form.minutes) if form.problem else form.refusal
    own = _OWN.format(
        new_label=t("users.new_password"),
        again_label=t("my_account.again"),
        rule=t("users.first_password.help"),
    )
    address = f"{OIDC}?{urlencode({'next': form.target})}"
    content = _PAGE.format(
        elsewhere=_ELSEWHERE.format(address=address, text=t("signin.provider")) if provider else "",
        tag=_TAGS[form.language],
        language=form.language,
        title=t("app.title"),
        problem=_PROBLEM.format(text=problem) if problem else "",
        secret=secret,
        target=form.target,
        name=form.name,
        name_label=t("signin.name"),
        password_label=t("signin.password.given") if form.own else t("signin.password"),
        own=own if form.own else "",
        submit=t("my_account.submit") if form.own else t("signin.submit"),
        note=t("signin.note"),
        languages=Markup(" ").join(
            _LINK.format(query=urlencode({"next": form.target, "lang": code}), tag=_TAGS[code], text=text)
            for code, text in LANGUAGES.items()
            if code != form.language
        ),
        focus_name="" if form.name else "autofocus",
        focus_password="autofocus" if form.name else "",
    )
    return HTMLResponse(str(content), status, headers=_CACHED)


def text(language: str, message: str, **values: object) -> str:
    """A message of the page in a language."""
    return catalogue(language)[message].format(**values)
