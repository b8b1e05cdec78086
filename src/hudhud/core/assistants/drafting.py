"""The draft of an assistant: changed by people, answering nobody."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from hudhud.core.assistants.asked import fit
from hudhud.core.assistants.keys import Keys, keep_keys, secrets_of
from hudhud.core.connecting.own_url import problem_of_url
from hudhud.core.secrets import vault_of
from hudhud.errors import BadInputError, NotFoundError
from hudhud.events import emit
from hudhud.model import Assistant
from hudhud.settings import Settings
from hudhud.store import assistants
from hudhud.store.assistants import versions
from hudhud.store.pool import Connection, Database


async def change_draft(
    database: Database,
    settings: Settings,
    merchant_id: int,
    assistant_id: int,
    changed: Callable[[Assistant], Assistant],
    *,
    by: str,
) -> Assistant:
    """Change the draft; where there is none, one is begun from what answers now.

    Keys of services never become part of a version: they are sealed to the assistant, and hold at
    once for its draft and for what answers.

    Args:
        database: the pool.
        settings: with the key that seals what is secret, and the endpoints that may be private.
        merchant_id: whose.
        assistant_id: which.
        changed: the draft with the changes made; pure.
        by: who.

    Raises:
        NotFoundError: this merchant has no such assistant.
        BadInputError: contents that could not answer.
    """
    async with database.deed(merchant_id) as connection:
        now = await held(connection, assistant_id)
        draft = await versions.numbered(connection, now, None)
        wanted = changed(draft.assistant if draft else now)
        fit(wanted)
        made, keys = without_keys(wanted)
        _endpoints(made, settings)
        if keys:
            await keep_keys(connection, vault_of(settings), now, keys)
            # A key that an older release kept among the options stays in no version either.
            names = {name for held in keys.values() for name in held}
            await assistants.take_out(connection, assistant_id, sorted(names))
        await versions.keep_draft(connection, made, by=by)
    emit("assistant.drafted", assistant=assistant_id, by=by)
    return made


async def drop_draft(database: Database, merchant_id: int, assistant_id: int) -> None:
    """Throw the draft away; what answers stays.

    Raises:
        NotFoundError: this merchant has no such assistant.
    """
    async with database.deed(merchant_id) as connection:
        await held(connection, assistant_id)
        await versions.drop_draft(connection, assistant_id)


async def held(connection: Connection, assistant_id: int) -> Assistant:
    """An assistant whose row this deed holds.

    Raises:
        NotFoundError: the merchant of this deed has none of this id.
    """
    found = await assistants.by_id(connection, assistant_id, hold=True)
    if found is None:
        raise NotFoundError(f"Assistant {assistant_id}.")
    return found


def without_keys(one: Assistant) -> tuple[Assistant, Keys]:
    """The contents without what is secret among the options, and that by itself."""
    keys: Keys = {}
    options = _parted(one.responder, one.options, keys)
    second = one.second_options
    if one.second_responder is not None:
        second = _parted(one.second_responder, second, keys)
    return msgspec.structs.replace(one, options=options, second_options=second), keys


def _endpoints(one: Assistant, settings: Settings) -> None:
    """Refuse addresses of models that lie in our own house; the installation's own may."""
    for options in (one.options, one.second_options):
        url = str(options.get("base_url") or settings.llm_base_url)
        if url != settings.llm_base_url and (problem := problem_of_url(url, settings)):
            raise BadInputError(f"base_url: {problem}")


def _parted(responder: str, options: dict[str, object], keys: Keys) -> dict[str, object]:
    hidden = secrets_of(responder)
    given = {name: str(value) for name, value in options.items() if name in hidden}
    if given:
        keys[responder] = {**keys.get(responder, {}), **given}
    return {name: value for name, value in options.items() if name not in hidden}
