"""A new key while everything runs: all is readable at any moment, every cut is gone on with."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import secrets
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

import asyncpg
import msgspec
import pytest

from hudhud.core.connecting import connect, opened
from hudhud.core.inboxes import Inboxes
from hudhud.core.secrets import Vault, check_key, key_id_of, ring_file, vault_of
from hudhud.core.secrets.ring import keys_in
from hudhud.core.secrets.rotation import rotate
from hudhud.errors import AlreadyRunningError, BadInputError, SecretUnreadableError
from hudhud.settings import Settings
from hudhud.store import inboxes, merchants, sealed
from hudhud.store.pool import Database
from shops import until

OLD, NEW = secrets.token_hex(32), secrets.token_hex(32)


class CutError(Exception):
    """The rotation is cut off here."""


@dataclass
class Ground:
    """An installation whose key lies in a file, with merchants and inboxes."""

    database: Database
    settings: Settings
    owner_url: str

    @property
    def path(self) -> Path:
        return self.settings.data_dir / "keys" / "ENCRYPTION_KEY_HEX"

    def vault(self) -> Vault:
        """As a process that starts now has it."""
        return vault_of(replace(self.settings, encryption_key_hex=",".join(keys_in(self.path))))

    async def fill(self, count: int, vault: Vault) -> None:
        for number in range(count):
            async with self.database.deed() as connection:
                merchant_id = await merchants.add(connection, key=f"m{number}", name="متجر")
                await merchants.act_for(connection, merchant_id)
                await connected(connection, vault, merchant_id, number)

    async def under(self) -> dict[str, int]:
        async with self.database.reading() as connection:
            return {row["key_id"]: row["n"] for row in await sealed.keys(connection)}

    async def somebody_waits(self) -> bool:
        waits = "select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
        return (await self.database.call(waits))[0][0] > 0

    async def tokens(self, vault: Vault) -> list[str]:
        async with self.database.reading() as connection:
            owners = await merchants.listed(connection)
        found = []
        for owner in owners:
            async with self.database.reading(owner.id) as connection:
                rows = await inboxes.of_merchant(connection, owner.id)
            found += [opened(vault, row).options["token"] for row in rows]
        return sorted(found)


async def connected(connection, vault: Vault, merchant_id: int, number: int):
    given = {
        "phone_number_id": str(number),
        "token": f"token-{number:03d}",
        "app_secret": "app",
        "verify_token": "verify",
    }
    return await connect(
        connection, vault, merchant_id=merchant_id, channel="whatsapp", name="x", given=given
    )


@pytest.fixture
async def ground(database_url, short_dir) -> AsyncIterator[Ground]:
    path = short_dir / "keys" / "ENCRYPTION_KEY_HEX"
    path.parent.mkdir(mode=0o700)
    path.write_text(OLD)
    path.chmod(0o600)
    settings = Settings(data_dir=short_dir, encryption_key_hex=OLD, secret_key="s" * 32)
    database = await Database.open(database_url.app_url, size=4)
    async with database.deed() as connection:
        await check_key(connection, Vault(OLD))
    yield Ground(database, settings, database_url.owner_url)
    await database.close()


@pytest.mark.clause("5.9")
async def test_every_value_comes_under_a_new_key_and_the_old_one_goes(ground):
    vault = ground.vault()
    await ground.fill(7, vault)
    before = await ground.tokens(vault)
    counts: list[int] = []
    done = await rotate(ground.database, vault, ground.path, batch_max=3, told=counts.append)
    assert (done.resealed, done.left, done.dropped) == (7, 0, True)
    assert counts == [3, 6, 7]
    (kept,) = keys_in(ground.path)
    assert kept != OLD
    assert await ground.under() == {done.key_id: 7}
    assert await ground.tokens(Vault(kept)) == before
    assert ground.path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(SecretUnreadableError):
        await ground.tokens(Vault(OLD))


async def test_a_process_that_runs_learns_the_new_key_and_one_with_the_old_is_refused(ground):
    running = ground.vault()
    await ground.fill(2, running)
    known = Inboxes(ground.database, running)
    async with ground.database.reading() as connection:
        merchant = (await merchants.listed(connection))[0].id
    async with ground.database.reading(merchant) as connection:
        (row,) = await inboxes.of_merchant(connection, merchant)
    assert (await known.by_key(row.key)).options["token"] == "token-000"
    done = await rotate(ground.database, ground.vault(), ground.path)
    assert (await Inboxes(ground.database, running).by_key(row.key)).options["token"] == "token-000"
    async with ground.database.deed(merchant) as connection:
        made = await connected(connection, running, merchant, 100)
    async with ground.database.reading(merchant) as connection:
        stored = await inboxes.by_id(connection, made.id)
    assert key_id_of(stored.secrets) == done.key_id
    with pytest.raises(SecretUnreadableError, match=done.key_id):
        async with ground.database.deed() as connection:
            await check_key(connection, Vault(OLD))


async def test_a_start_is_refused_while_rows_need_a_key_that_is_not_there(ground):
    await ground.fill(2, ground.vault())
    both = Vault(NEW, OLD)

    def stop(_count: int) -> None:
        raise CutError

    with pytest.raises(CutError):
        await rotate(ground.database, both, None, batch_max=1, told=stop)
    assert sorted((await ground.under()).values()) == [1, 1]
    with pytest.raises(SecretUnreadableError, match="1 of them still need the key"):
        async with ground.database.deed() as connection:
            await check_key(connection, Vault(NEW))
    async with ground.database.deed() as connection:
        await check_key(connection, both)


async def test_a_cut_rotation_is_gone_on_with_and_makes_no_further_key(ground):
    await ground.fill(5, ground.vault())

    def stop(count: int) -> None:
        if count >= 2:
            raise CutError

    with pytest.raises(CutError):
        await rotate(ground.database, ground.vault(), ground.path, batch_max=1, told=stop)
    begun = keys_in(ground.path)
    assert begun[1] == OLD
    assert sorted((await ground.under()).values()) == [2, 3]
    assert len(await ground.tokens(ground.vault())) == 5
    done = await rotate(ground.database, ground.vault(), ground.path)
    assert (done.resealed, done.left, keys_in(ground.path)) == (3, 0, begun[:1])


async def test_a_cut_before_the_new_key_writes_is_gone_on_with(ground):
    await ground.fill(1, ground.vault())
    ground.path.write_text(f"{NEW},{OLD}")
    done = await rotate(ground.database, ground.vault(), ground.path)
    assert (done.key_id, keys_in(ground.path)) == (Vault(NEW).newest, (NEW,))


async def test_a_cut_before_the_old_key_goes_is_gone_on_with(ground):
    await ground.fill(1, ground.vault())
    await rotate(ground.database, ground.vault(), ground.path)
    (kept,) = keys_in(ground.path)
    ground.path.write_text(f"{kept},{OLD}")
    done = await rotate(ground.database, ground.vault(), ground.path)
    assert (done.resealed, keys_in(ground.path)) == (0, (kept,))


async def test_with_keys_from_the_environment_the_operator_brings_the_new_one(ground, tmp_path):
    settings = replace(ground.settings, data_dir=tmp_path)
    assert ring_file(settings) is None
    await ground.fill(2, Vault(OLD))
    with pytest.raises(BadInputError, match="NEW,OLD"):
        await rotate(ground.database, vault_of(settings), None)
    both = vault_of(replace(settings, encryption_key_hex=f"{NEW},{OLD}"))
    done = await rotate(ground.database, both, None)
    assert (done.resealed, done.left, done.dropped) == (2, 0, False)
    assert await ground.tokens(Vault(NEW)) == ["token-000", "token-001"]


async def test_before_a_rotation_the_old_key_writes_though_a_new_one_is_at_hand(ground):
    """Hosts get NEW,OLD one after the other; none writes what its neighbour cannot read yet."""
    await ground.fill(1, Vault(NEW, OLD))
    assert await ground.under() == {Vault(OLD).newest: 1}


async def test_two_rotations_at_once_are_one(ground):
    await ground.fill(30, ground.vault())

    async def another() -> str:
        try:
            done = await rotate(ground.database, ground.vault(), ground.path, batch_max=1)
        except AlreadyRunningError:
            return ""
        return done.key_id

    ended = await asyncio.gather(another(), another())
    assert sorted(map(bool, ended)) == [False, True]
    assert len(keys_in(ground.path)) == 1
    assert await ground.under() == {max(ended): 30}


async def test_what_cannot_be_opened_keeps_its_old_key_and_is_told(ground):
    await ground.fill(3, ground.vault())
    async with ground.database.reading() as connection:
        owner = (await merchants.listed(connection))[1].id
    async with ground.database.deed(owner) as connection:
        (row,) = await inboxes.of_merchant(connection, owner)
        await inboxes.keep_secrets(connection, row.id, row.secrets[:-4])
    done = await rotate(ground.database, ground.vault(), ground.path)
    assert (done.resealed, done.left, done.dropped) == (2, 1, False)
    assert OLD in keys_in(ground.path)


@pytest.mark.clause("5.9")
async def test_a_value_moved_to_another_row_does_not_open_there(ground):
    vault = ground.vault()
    await ground.fill(2, vault)
    async with ground.database.reading() as connection:
        one, other = (owner.id for owner in await merchants.listed(connection))
    async with ground.database.reading(one) as connection:
        (theirs,) = await inboxes.of_merchant(connection, one)
    async with ground.database.deed(other) as connection:
        (row,) = await inboxes.of_merchant(connection, other)
        await inboxes.keep_secrets(connection, row.id, theirs.secrets)
        moved = await inboxes.by_id(connection, row.id)
    with pytest.raises(SecretUnreadableError):
        opened(vault, moved)
    twin = msgspec.structs.replace(theirs, merchant_id=other)
    with pytest.raises(SecretUnreadableError):
        opened(vault, twin)


async def test_whoever_seals_while_the_old_key_goes_waits_and_uses_the_new_one(ground):
    """The deed that seals holds the word, so the key that it used is still there when it ends."""
    running = ground.vault()
    await ground.fill(1, running)
    async with ground.database.reading() as connection:
        merchant = (await merchants.listed(connection))[0].id
    async with ground.database.deed(merchant) as connection:
        await connected(connection, running, merchant, 200)
        rotating = asyncio.create_task(rotate(ground.database, ground.vault(), ground.path))
        await until(ground.somebody_waits)
    done = await rotating
    assert await ground.under() == {done.key_id: 2}


async def test_every_encrypted_column_is_in_the_list(database_url):
    """A column of bytes is on the list, or it is no secret of which the key would be needed."""
    plain = {
        "journal.body", "operator.token_hash", "session.token_hash", "sign_in_link.token_hash",
        "api_token.token_hash", "key_check.sealed", "product_import.rows",
    }  # fmt: skip
    connection = await asyncpg.connect(database_url.owner_url)
    try:
        rows = await connection.fetch(
            "select table_name || '.' || column_name as name from information_schema.columns"
            " where table_schema = 'public' and data_type = 'bytea'"
        )
        listed = await connection.fetch(
            "select table_name || '.' || column_name as name from sealed_column"
        )
    finally:
        await connection.close()
    found = {row["name"] for row in rows}
    hashes = {name for name in found if name.endswith(("_hash", ".sha256"))}
    assert found - hashes - plain == {row["name"] for row in listed}


async def test_a_killed_command_loses_nothing_and_the_next_one_ends_it(ground, database_url):
    await ground.fill(40, ground.vault())
    environ = {
        **{n: v for n, v in os.environ.items() if not n.startswith(("HUDHUD_", "ENCRYPTION"))},
        "HUDHUD_DATA_DIR": str(ground.settings.data_dir),
        "HUDHUD_DATABASE_URL": database_url.app_url,
        "SECRET_KEY": "s" * 32,
    }
    command = [sys.executable, "-m", "hudhud", "secrets"]
    killed = subprocess.Popen(  # noqa: S603 - our own command
        [*command, "rotate", "--batch-max", "1"],
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    try:
        assert killed.stdout is not None
        line = await asyncio.to_thread(killed.stdout.readline)
        assert b"sealed with the new key" in line, line
    finally:
        with contextlib.suppress(ProcessLookupError):
            killed.send_signal(signal.SIGKILL)
        await asyncio.to_thread(killed.wait)
        killed.stdout.close()
    half = await ground.under()
    assert len(half) == 2
    assert sum(half.values()) == 40
    assert len(await ground.tokens(ground.vault())) == 40
    done = await asyncio.to_thread(
        subprocess.run, [*command, "rotate", "--json"], env=environ, capture_output=True
    )
    told = json.loads(done.stdout)
    assert (done.returncode, told["left"], told["dropped"]) == (0, 0, True)
    assert await ground.under() == {told["key_id"]: 40}
