"""A template is looked at twice: before it is queued, and once more just before it leaves."""

from __future__ import annotations

from typing import Any

from hudhud.core.templates.filling import Standing, filled, standing
from hudhud.errors import SendRejectedError, TemplateUnfitError
from hudhud.model import Template
from hudhud.store.pool import Connection, Database
from hudhud.store.templates import rows
from hudhud.store.templates.rows import StoredTemplate

_SENTENCES: dict[Standing, str] = {
    "paused": "It is paused{why}. It can be used again when a sync finds it active.",
    "refused": "The provider does not approve it ({status}{why}).",
    "waiting": "The provider has not approved it yet ({status}).",
    "gone": "The provider has it no more.",
}


async def fitted(connection: Connection, channel: Any, inbox_id: int, asked: Template) -> Template:
    """The template as it will leave, with its preview.

    Of an account whose list was never read nobody knows; then the provider decides.

    Args:
        connection: inside the deed that queues it.
        channel: the inbox's.
        inbox_id: who sends.
        asked: name, language and values.

    Raises:
        TemplateUnfitError: it is unknown, may not be sent now, or its values do not fit.
    """
    row, known = await rows.named(connection, inbox_id, asked.name, asked.language)
    if row is None:
        if known:
            why = f"There is no {asked.name} in {asked.language}; look at hudhud template list."
            raise TemplateUnfitError(why, code="missing")
        return asked
    stands = standing(row)
    if stands != "ready":
        raise TemplateUnfitError(_sentence(row, stands), code=stands)
    named = row.parameter_format == "NAMED"
    return filled(channel.form_of(row.components), asked, named=named)


async def refuse_unfit(
    database: Database, merchant_id: int, inbox_id: int, asked: Template
) -> None:
    """Refuse what may not be sent any more since it was queued.

    Raises:
        SendRejectedError: it was paused, refused or taken away meanwhile.
        StoreUnavailableError: PostgreSQL is away.
    """
    async with database.reading(merchant_id) as connection:
        row, _ = await rows.named(connection, inbox_id, asked.name, asked.language)
    if row is not None and (stands := standing(row)) != "ready":
        raise SendRejectedError(_sentence(row, stands), code=f"template_{stands}")


def _sentence(row: StoredTemplate, stands: Standing) -> str:
    why = (row.paused_reason if row.paused_at else None) or row.reason
    return _SENTENCES[stands].format(status=row.status or "?", why=f": {why}" if why else "")
