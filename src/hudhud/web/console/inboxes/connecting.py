"""Connects an account, and checks one that is connected: each step, and what to do next."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from hudhud import registry
from hudhud.core.connecting import opened, problems_of
from hudhud.core.connecting.changing import change_options
from hudhud.core.connecting.connect import MISSING
from hudhud.core.connecting.wanted import Wanted, completed, made_of, wanted
from hudhud.core.secrets import vault_of
from hudhud.core.setting_up import connect_inbox
from hudhud.errors import AlreadyThereError, BadInputError, NotFoundError
from hudhud.model import Inbox
from hudhud.store import inboxes
from hudhud.web.console.page import context_of, form_of, reader_of, show

if TYPE_CHECKING:  # the contract brings an HTTP client, which no start of the web needs
    from hudhud.channels.contract import Step

NAME_CHARS_MAX = 80
OPTION_CHARS_MAX = 4096
# Each holds some connections outside for as long as a provider is slow.
CHECKS_AT_ONCE = 4
# It proves the address once; a new one disturbs nothing that works already.
RENEWED = "verify_token"
# What most people connect stands first.
ORDER = ("whatsapp", "instagram", "messenger", "webchat", "evolution")


async def choose_page(request: Request) -> Response:
    """Which channel?"""
    kinds = registry.kinds("channels")
    known = [kind for kind in ORDER if kind in kinds]
    known += [kind for kind in kinds if kind not in known]
    return await _show(request, "connecting/choose.html", channels=known)


async def new_page(request: Request) -> Response:
    """What one channel needs to know of an account."""
    return await _form(request, _channel(request), {}, {})


async def connect(request: Request) -> Response:
    """Connect it, show once what the provider copies, and check it at once."""
    form, channel = await form_of(request), _channel(request)
    context, operator = context_of(request), request.state.operator
    name, given = form.get("name", "").strip(), _given(channel, form)
    whole = completed(channel, given)
    problems = problems_of(channel, whole)
    if not name or len(name) > NAME_CHARS_MAX:
        problems["name"] = MISSING
    if problems:
        return await _form(request, channel, form, problems, status=422)
    try:
        inbox = await connect_inbox(
            context.database,
            vault_of(context.settings),
            operator.merchant_id,
            channel=channel,
            name=name,
            given=whole,
        )
    except AlreadyThereError:
        return await _form(request, channel, form, {}, wrong="connect.there", status=409)
    except BadInputError as error:  # what only the options together show
        return await _form(request, channel, form, {"": error.detail}, status=422)
    made = {one: whole[one] for one in sorted(made_of(channel) - set(given))}
    return await _checked(request, inbox, made=made, status=201)


async def check_page(request: Request) -> Response:
    """Where webhooks go, and the button that checks; nothing is asked outside by looking here."""
    return await _checks(request, await _inbox(request), steps=None)


async def check(request: Request) -> Response:
    """Check it live."""
    await form_of(request)
    return await _checked(request, await _inbox(request))


async def options_page(request: Request) -> Response:
    """Its options, to be changed; secrets are never shown, and stay where nothing is typed."""
    inbox = await _inbox(request)
    return await _form(request, inbox.channel, _shown(inbox), {}, inbox=inbox)


async def set_options(request: Request) -> Response:
    """Change them and check at once."""
    form, inbox = await form_of(request), await _inbox(request)
    given = _given(inbox.channel, form)
    problems = problems_of(inbox.channel, {**inbox.options, **given})
    context, operator = context_of(request), request.state.operator
    if not problems and given:
        try:
            await change_options(
                context.database,
                vault_of(context.settings),
                operator.merchant_id,
                inbox.id,
                given,
                actor=f"operator:{operator.id}",
            )
        except BadInputError as error:
            problems = {"": error.detail}
    if problems:
        return await _form(request, inbox.channel, form, problems, inbox=inbox, status=422)
    return await _checked(request, await _inbox(request))


async def renew(request: Request) -> Response:
    """Make a new verify token, and show it this one time."""
    await form_of(request)
    inbox = await _inbox(request)
    if RENEWED not in made_of(inbox.channel):
        raise HTTPException(404)
    made = {RENEWED: completed(inbox.channel, {})[RENEWED]}
    context, operator = context_of(request), request.state.operator
    await change_options(
        context.database,
        vault_of(context.settings),
        operator.merchant_id,
        inbox.id,
        made,
        actor=f"operator:{operator.id}",
    )
    return await _checks(request, inbox, steps=None, made=made)


async def _checked(
    request: Request, inbox: Inbox, *, made: Mapping[str, str] | None = None, status: int = 200
) -> Response:
    # Both bring an HTTP client, which no start of the web needs.
    from hudhud.core.connecting.trying import tried  # noqa: PLC0415 - the reason stands above
    from hudhud.core.outside.session import http_session  # noqa: PLC0415 - the same

    context = context_of(request)
    async with request.app.state.checks, http_session() as http:
        steps = await tried(context.database, http, context.breakers, context.settings, inbox)
    return await _checks(request, inbox, steps=steps, made=made, status=status)


async def _checks(
    request: Request,
    inbox: Inbox,
    *,
    steps: list[Step] | None,
    made: Mapping[str, str] | None = None,
    status: int = 200,
) -> Response:
    settings = context_of(request).settings
    return await _show(
        request,
        "connecting/check.html",
        status=status,
        inbox=inbox,
        steps=steps,
        made=made or {},
        renewable=RENEWED in made_of(inbox.channel),
        webhook_url=f"{settings.webhook_base_url}/{inbox.channel}/{inbox.key}",
        failed=sum(step.holds is False for step in steps or ()),
    )


async def _form(
    request: Request,
    channel: str,
    typed: Mapping[str, Any],
    problems: Mapping[str, str],
    *,
    inbox: Inbox | None = None,
    wrong: str = "",
    status: int = 200,
) -> Response:
    asked = [one for one in wanted(channel) if not one.made or inbox is not None]
    first = [one for one in asked if one.required and not one.made]
    return await _show(
        request,
        "connecting/form.html",
        status=status,
        channel=channel,
        first=sorted(first, key=lambda one: one.secret),
        more=[one for one in asked if one not in first],
        typed={name: value for name, value in typed.items() if name not in _secrets(asked)},
        problems=problems,
        missing=MISSING,
        inbox=inbox,
        wrong=wrong,
    )


async def _show(request: Request, template: str, *, status: int = 200, **values: Any) -> Response:
    merchant_id = request.state.operator.merchant_id
    async with context_of(request).database.reading(merchant_id) as connection:
        reader = await reader_of(request, connection)
    return show(request, template, reader.say, reader=reader, status=status, **values)


async def _inbox(request: Request) -> Inbox:
    context, operator = context_of(request), request.state.operator
    async with context.database.reading(operator.merchant_id) as connection:
        stored = await inboxes.by_id(connection, request.path_params["id"])
    if stored is None:
        raise HTTPException(404)
    return opened(vault_of(context.settings), stored)


def _channel(request: Request) -> str:
    channel: str = request.path_params["channel"]
    try:
        registry.adapter("channels", channel)
    except NotFoundError:
        raise HTTPException(404) from None
    return channel


def _given(channel: str, form: Mapping[str, str]) -> dict[str, str]:
    """What was typed; an empty field is one that nobody filled in."""
    names = [one.name for one in wanted(channel)]
    return {name: form[name].strip() for name in names if form.get(name, "").strip()}


def _shown(inbox: Inbox) -> dict[str, str]:
    hidden = _secrets(wanted(inbox.channel))
    return {name: str(value) for name, value in inbox.options.items() if name not in hidden}


def _secrets(asked: list[Wanted]) -> set[str]:
    return {one.name for one in asked if one.secret}
