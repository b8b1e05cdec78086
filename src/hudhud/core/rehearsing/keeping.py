"""The scripts that an assistant keeps, to be played before each publishing."""

from __future__ import annotations

from hudhud.core.assistants.drafting import held
from hudhud.core.rehearsing.script import SCRIPTS_MAX, Script, read_script
from hudhud.errors import BadInputError
from hudhud.store.assistants import rehearsals
from hudhud.store.pool import Database


async def keep_script(database: Database, merchant_id: int, assistant_id: int, text: str) -> Script:
    """Keep a script under its own name, in place of one that has it.

    Raises:
        NotFoundError: this merchant has no such assistant.
        BadInputError: it is no script, or there are too many.
    """
    script = read_script(text)
    async with database.deed(merchant_id) as connection:
        await held(connection, assistant_id)
        names = {one.name for one in await rehearsals.scripts(connection, assistant_id)}
        if len(names | {script.name}) > SCRIPTS_MAX:
            raise BadInputError(f"An assistant keeps at most {SCRIPTS_MAX} scripts.")
        await rehearsals.keep_script(
            connection, merchant_id, assistant_id, name=script.name, body=text
        )
    return script


async def drop_script(
    database: Database, merchant_id: int, assistant_id: int, script_id: int
) -> None:
    """Throw a script away.

    Raises:
        NotFoundError: this merchant has no such assistant.
    """
    async with database.deed(merchant_id) as connection:
        await held(connection, assistant_id)
        await rehearsals.drop_script(connection, assistant_id, script_id)
