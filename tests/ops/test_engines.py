from __future__ import annotations

import asyncio
import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import asyncpg
import psutil
import pytest

from hudhud.errors import EngineError, EngineVersionError
from hudhud.ops.engines import start_postgresql, start_valkey

FAST = {"fsync": "off", "shared_buffers": "32MB"}
ROOT = os.geteuid() == 0
STARTS_AND_WAITS = """
import sys, pathlib
from hudhud.ops.engines import start_postgresql, start_valkey
folder = pathlib.Path(sys.argv[1])
engines = start_postgresql(folder, settings={"fsync": "off"}), start_valkey(folder)
print(*(engine.pid for engine in engines), flush=True)
sys.stdin.read()
for engine in reversed(engines):
    engine.stop()
"""


def modes(folder: Path) -> dict[Path, tuple[int, int, int]]:
    found = {}
    for path in (folder, *folder.parents):
        about = path.stat()
        found[path] = (stat.S_IMODE(about.st_mode), about.st_uid, about.st_gid)
    return found


def working_in(folder: Path) -> list[psutil.Process]:
    found = []
    for process in psutil.process_iter():
        try:
            if folder in (Path(process.cwd()), *Path(process.cwd()).parents):
                found.append(process)
        except (psutil.Error, FileNotFoundError):
            continue
    return found


def wait_until(condition, within_s=15.0):
    deadline = time.monotonic() + within_s
    while not condition():
        assert time.monotonic() < deadline, "did not come about in time"
        time.sleep(0.02)


def supervisor(folder: Path, **account) -> subprocess.Popen[str]:
    return subprocess.Popen(  # noqa: S603 - the script above
        [sys.executable, "-c", STARTS_AND_WAITS, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd="/",
        **account,
    )


def pids_of(started: subprocess.Popen[str]) -> list[int]:
    # Log lines come first, the pids last, and only they are numbers.
    for line in started.stdout:
        if line.replace(" ", "").strip().isdigit():
            return [int(word) for word in line.split()]
    raise AssertionError(started.stderr.read())


def close(started: subprocess.Popen[str]) -> None:
    started.stdin.close()
    assert started.wait(20) == 0
    started.stdout.close()
    started.stderr.close()


async def ask(url: str, question: str):
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval(question)
    finally:
        await connection.close()


async def test_both_roles_are_neither_superuser_nor_past_row_level_security(postgresql):
    question = "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
    assert await ask(postgresql.app_url, question) is False
    assert await ask(postgresql.owner_url, question) is False
    owner = "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'hudhud'"
    assert await ask(postgresql.app_url, owner) == "hudhud_owner"


async def test_the_owner_may_create_the_extensions_that_search_needs(database_url):
    await ask(database_url.owner_url, "CREATE EXTENSION IF NOT EXISTS pg_trgm")


async def test_sorting_is_the_builtin_locale_and_arabic_punctuation_is_no_letter(postgresql):
    about = "SELECT datlocprovider::text || datlocale FROM pg_database WHERE datname = 'hudhud'"
    assert await ask(postgresql.app_url, about) == "bC.UTF-8"
    words = await ask(
        postgresql.app_url, "SELECT to_tsvector('simple', 'كم السعر؟ لا، شكرا')::text"
    )
    assert "؟" not in words
    assert "،" not in words


async def test_settings_of_the_product_are_durable(short_dir):
    engine = start_postgresql(short_dir)
    try:
        names = ("fsync", "synchronous_commit", "full_page_writes")
        assert [await ask(engine.app_url, f"SHOW {name}") for name in names] == ["on"] * 3
        assert await ask(engine.app_url, "SHOW deadlock_timeout") == "100ms"
        assert await ask(engine.app_url, "SHOW listen_addresses") == ""
    finally:
        engine.stop()


async def test_a_wrong_password_is_refused_on_the_socket_too(postgresql):
    with pytest.raises(asyncpg.InvalidPasswordError):
        await asyncpg.connect(postgresql.app_url.replace("hudhud_app:", "hudhud_app:x"))


def test_the_socket_and_the_passwords_are_closed_to_others(short_dir):
    engine = start_valkey(short_dir)
    engine.stop()
    engine = start_postgresql(short_dir, settings=FAST)
    engine.stop()
    for name in ("run", "keys", "postgresql", "valkey", "logs"):
        assert stat.S_IMODE((short_dir / name).stat().st_mode) == 0o700, name
    for secret in (short_dir / "keys").iterdir():
        assert stat.S_IMODE(secret.stat().st_mode) == 0o600


async def test_a_second_start_is_fast_and_keeps_data_and_addresses(short_dir):
    first = start_postgresql(short_dir, settings=FAST)
    await ask(first.owner_url, "CREATE TABLE kept AS SELECT 42 AS answer")
    first.stop()
    took_s = []
    for _ in range(3):  # the quickest is theirs, the others are a busy machine's
        started = time.monotonic()
        second, valkey = start_postgresql(short_dir, settings=FAST), start_valkey(short_dir)
        took_s.append(time.monotonic() - started)
        try:
            assert await ask(second.owner_url, "SELECT answer FROM kept") == 42
            assert second.app_url == first.app_url
        finally:
            valkey.stop()
            second.stop()
        assert working_in(short_dir) == []
    assert min(took_s) < 1.5


async def test_a_busy_backend_of_a_killed_server_does_not_block_the_next_start(short_dir):
    engine = start_postgresql(short_dir, settings=FAST)
    connection = await asyncpg.connect(engine.owner_url)
    await connection.execute("CREATE TABLE committed AS SELECT 1 AS one")
    backend = await connection.fetchval("SELECT pg_backend_pid()")
    # A loop in one C call looks at no signal and at no dead postmaster.
    busy = asyncio.create_task(
        connection.fetchval("SELECT count(*) FROM generate_series(1, 10000000000)")
    )
    cpu_s = psutil.Process(backend).cpu_times
    await asyncio.to_thread(wait_until, lambda: cpu_s().user > 0)
    os.kill(backend, signal.SIGSTOP)
    engine.kill()
    assert psutil.pid_exists(backend)
    await asyncio.to_thread(engine.restart)
    try:
        assert not psutil.pid_exists(backend)
        assert await ask(engine.owner_url, "SELECT one FROM committed") == 1
        with pytest.raises((asyncpg.PostgresError, OSError)):
            await busy
    finally:
        connection.terminate()
        engine.stop()
    assert working_in(short_dir) == []


def test_a_stale_postmaster_pid_is_no_obstacle(short_dir):
    engine = start_postgresql(short_dir, settings=FAST)
    stale = (short_dir / "postgresql" / "postmaster.pid").read_text()
    engine.stop()
    path = short_dir / "postgresql" / "postmaster.pid"
    path.write_text(stale.replace(str(engine.pid), str(os.getpid()), 1))
    if ROOT:
        os.chown(path, *(short_dir / "postgresql").stat()[4:6])
    engine.start()
    engine.stop()


def test_a_killed_supervisor_leaves_no_process_and_the_next_one_starts(short_dir):
    started = supervisor(short_dir)
    pids = pids_of(started)
    assert all(psutil.pid_exists(pid) for pid in pids)
    started.kill()
    started.communicate()
    wait_until(lambda: not working_in(short_dir))
    assert not any(psutil.pid_exists(pid) for pid in pids)
    close_me = supervisor(short_dir)
    pids_of(close_me)
    close(close_me)


def test_what_outlived_even_its_guardian_is_ended_before_a_second_copy_starts(short_dir):
    engine = start_valkey(short_dir)
    left = subprocess.Popen(  # noqa: S603 - the packaged program
        [engine.launch.argv[0], "--port", "0", "--save", ""],
        cwd=short_dir / "valkey",
        stdout=subprocess.DEVNULL,
    )
    wait_until(lambda: psutil.Process(left.pid).name() == "valkey-server")
    engine.restart()
    try:
        assert left.wait(5) is not None
        # An ordinary user's guardian works there too.
        servers = [one.pid for one in working_in(short_dir) if one.name() == "valkey-server"]
        assert servers == [engine.pid]
    finally:
        engine.stop()


def test_an_engine_of_a_killed_guardian_ends_on_linux(short_dir):
    if sys.platform != "linux":
        pytest.skip("only Linux tells a child that its parent died; elsewhere the next start does")
    engine = start_valkey(short_dir)
    engine._guardian.kill()
    wait_until(lambda: not psutil.pid_exists(engine.pid))
    engine.stop()


def test_a_second_supervisor_of_the_same_data_is_refused_and_told_who_holds_it(short_dir):
    started = supervisor(short_dir)
    pids_of(started)
    for start in (start_postgresql, start_valkey):
        with pytest.raises(EngineError, match=f"already run by process {started.pid}"):
            start(short_dir)
    assert started.poll() is None
    close(started)


def test_data_of_another_major_version_is_refused_and_untouched(short_dir):
    data = short_dir / "postgresql"
    data.mkdir(0o700)
    (data / "PG_VERSION").write_text("15\n")
    before = modes(short_dir)
    with pytest.raises(EngineVersionError, match=r"PostgreSQL 15.*is 18.*restore"):
        start_postgresql(short_dir)
    assert sorted(path.name for path in short_dir.rglob("*")) == ["PG_VERSION", "postgresql"]
    assert modes(short_dir) == before


def test_a_folder_without_programs_is_named(short_dir):
    with pytest.raises(EngineError, match="nowhere has no PostgreSQL"):
        start_postgresql(short_dir, home=short_dir / "nowhere")
    assert list(short_dir.iterdir()) == []


def test_an_engine_that_cannot_start_says_what_its_log_says(short_dir):
    with pytest.raises(EngineError, match="no_such_setting"):
        start_postgresql(short_dir, settings={"no_such_setting": "1"})
    assert working_in(short_dir) == []


async def test_a_deep_data_directory_gets_a_short_socket_path(short_dir):
    deep = short_dir / ("d" * 60) / ("e" * 60)
    deep.parent.mkdir(mode=0o755)
    short_dir.chmod(0o755)
    engine, valkey = start_postgresql(deep, settings=FAST), start_valkey(deep)
    try:
        assert await ask(engine.app_url, "SELECT 1") == 1
        assert len(valkey.url) < 100
    finally:
        valkey.stop()
        engine.stop()
        Path(valkey.url.removeprefix("unix://")).parent.rmdir()
