"""A server that would lose messages is not started on, and the words say why."""

from __future__ import annotations

import asyncio
import os
import secrets
import subprocess
import sys
from pathlib import Path
from typing import Any

import asyncpg
import pytest

STARTS_S_MAX = 60.0


@pytest.mark.parametrize("part", ["web", "worker"])
async def test_a_process_does_not_start_on_a_server_that_forgets_commits(
    part: str, database_url: Any, queue_url: str, short_dir: Path
):
    owner = await asyncpg.connect(database_url.owner_url)
    await owner.execute(f"alter database {database_url.name} set synchronous_commit = 'off'")
    await owner.close()
    environ = {k: v for k, v in os.environ.items() if not k.startswith("HUDHUD_")} | {
        "HUDHUD_DATABASE_URL": database_url.app_url,
        "HUDHUD_QUEUE_URL": queue_url,
        "HUDHUD_DATA_DIR": str(short_dir),
        "HUDHUD_PORT": "1",
        "HUDHUD_WORKER_METRICS_PORT": "0",
        "SECRET_KEY": secrets.token_hex(32),
        "ENCRYPTION_KEY_HEX": secrets.token_hex(32),
    }
    ended = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-m", "hudhud", part],
        env=environ,
        capture_output=True,
        text=True,
        check=False,
        timeout=STARTS_S_MAX,
    )
    assert ended.returncode == 78, ended.stderr
    assert "synchronous_commit is off" in ended.stderr
    assert "Traceback" not in ended.stderr
