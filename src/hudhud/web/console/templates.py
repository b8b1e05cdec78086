"""Templates: what may be sent outside the window, how each stands, how it reads."""

from __future__ import annotations

from typing import Any, NamedTuple

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from hudhud.core import templates
from hudhud.core.templates import SCOPE, form_of, standing
from hudhud.errors import BadInputError, HudhudError, NotFoundError
from hudhud.model import TemplateForm
from hudhud.store import inboxes
from hudhud.store.inboxes import StoredInbox
from hudhud.store.pool import Connection
from hudhud.store.templates import rows, syncs
from hudhud.store.templates.rows import StoredTemplate
from hudhud.text import fold
from hudhud.web.console.page import context_of, reader_of, show
from hudhud.web.console.page import form_of as fields_of_form
from hudhud.web.console.picker import has_templates

WORDS_CHARS_MAX = 100
TABS = ("all", "ready", "blocked")


class Shown(NamedTuple):
    """One template as the page shows it."""

    row: StoredTemplate
    form: TemplateForm
    stands: str


class Account(NamedTuple):
    """One account of a provider: whose numbers, its templates, and when they were read."""

    scope: str
    inboxes: list[StoredInbox]
    shown: list[Shown]
    read: Any


async def list_page(request: Request) -> Response:
    """Every template by account, and what to do about an inbox that names none."""
    return await _page(request)


async def sync(request: Request) -> Response:
    """Ask for every list; a worker reads it within seconds, and the page shows it."""
    await fields_of_form(request)
    await templates.ask(context_of(request).database, request.state.operator.merchant_id)
    return RedirectResponse("/templates", 303)


async def name_account(request: Request) -> Response:
    """Say to which account an inbox belongs, or have the provider say it; its list is read then."""
    form = await fields_of_form(request)
    merchant_id, inbox_id = request.state.operator.merchant_id, request.path_params["id"]
    scope = form.get("scope", "").strip()
    try:
        scope = scope or await _found(request, inbox_id)
        await templates.name_scope(context_of(request).database, merchant_id, inbox_id, scope)
    except NotFoundError:
        raise HTTPException(404) from None
    except BadInputError:
        return await _page(request, wrong=inbox_id, typed=scope, status=422)
    return RedirectResponse("/templates", 303)


async def _found(request: Request, inbox_id: int) -> str:
    known = context_of(request).inboxes
    merchant_id = request.state.operator.merchant_id
    try:
        inbox = await known.by_id(merchant_id, inbox_id) if known else None
        return await templates.find_scope(inbox) if inbox else ""
    except HudhudError:
        return ""  # the page asks the person in its stead


async def _page(
    request: Request, *, wrong: int | None = None, typed: str = "", status: int = 200
) -> Response:
    asked = request.query_params
    words = asked.get("q", "").strip().replace("\0", "")[:WORDS_CHARS_MAX]
    tab = asked["tab"] if asked.get("tab") in TABS else "all"
    merchant_id = request.state.operator.merchant_id
    async with context_of(request).database.reading(merchant_id) as connection:
        reader = await reader_of(request, connection)
        accounts, nameless = await _accounts(connection, merchant_id, words, tab)
    values = {"accounts": accounts, "nameless": nameless, "words": words, "tab": tab}
    values |= {"tabs": TABS, "wrong": wrong, "typed": typed}
    return show(request, "approved/page.html", reader.say, reader=reader, status=status, **values)


async def _accounts(
    connection: Connection, merchant_id: int, words: str, tab: str
) -> tuple[list[Account], list[StoredInbox]]:
    found = await rows.listed(connection, merchant_id)
    read = {
        (row["channel"], row["scope"]): row for row in await syncs.standing(connection, merchant_id)
    }
    ours = [
        one
        for one in await inboxes.of_merchant(connection, merchant_id)
        if has_templates(one.channel)
    ]
    named: dict[tuple[str, str], list[StoredInbox]] = {}
    for one in ours:
        if scope := one.options.get(SCOPE):
            named.setdefault((one.channel, scope), []).append(one)
    accounts = []
    for (channel, scope), whose in named.items():
        own = [row for row in found if (row.channel, row.scope) == (channel, scope)]
        shown = [Shown(row, form_of(row), standing(row)) for row in own]
        kept = [one for one in shown if _fits(one, words, tab)]
        accounts.append(Account(scope, whose, kept, read.get((channel, scope))))
    return accounts, [one for one in ours if not one.options.get(SCOPE)]


def _fits(one: Shown, words: str, tab: str) -> bool:
    if tab != "all" and (one.stands == "ready") != (tab == "ready"):
        return False
    return fold(words) in fold(f"{one.row.name} {one.form.header_text} {one.form.body}")
