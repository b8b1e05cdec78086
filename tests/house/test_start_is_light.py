"""What a start loads and a wheel carries, by name and size: seconds belong to the bench."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import house

WHEEL_BYTES_MAX = 5_000_000
# What takes most of the time of a start, or most of its memory, where it is loaded.
MODELS = {"anthropic", "openai", "opentelemetry", "pydantic", "pydantic_ai"}
OUTSIDE = {"aiohttp", "cryptography"}
ENGINES = {"asyncpg", "hiredis", "prometheus_client", "psutil"}
PAGES = {"jinja2", "starlette", "uvicorn"}
TERMINAL = {"rich", "typer"}
LOG = {"structlog"}
# What customers say in every dialect: 7 MB that only who answers needs.
READING = {"hudhud.responders.lexicon"}


@pytest.mark.parametrize(
    ("module", "not_loaded"),
    [
        # `hudhud --help`, and every command until it is the one that was asked for.
        ("hudhud.cli.main", MODELS | OUTSIDE | ENGINES | PAGES | LOG | {"rich"}),
        ("hudhud.web.asgi", MODELS | READING | {"aiohttp", "psutil", "typer"}),
        ("hudhud.worker.run", MODELS | PAGES | {"psutil", "typer"}),
        ("hudhud.simulator.app", MODELS | {"asyncpg", "cryptography", "hiredis", "typer"}),
    ],
)
def test_a_start_loads_nothing_that_only_others_need(module, not_loaded):
    script = f"import sys, {module}; print(*sys.modules)"
    loaded = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    names = set(loaded.stdout.split())
    assert (names | {name.partition(".")[0] for name in names}) & not_loaded == set()


SERVING = """
import sys, types
from hudhud.cli.entry import main
from hudhud.cli.process import serving

async def serve(settings):
    print(*{name.partition(".")[0] for name, module in sys.modules.items() if module})

sys.modules["standing"] = types.SimpleNamespace(serve=serve)
serving.MODULES["simulator"] = "standing"
sys.argv = ["hudhud", "simulator"]
main()
"""


def test_what_serves_carries_no_library_of_a_command_line(short_dir):
    told = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", SERVING],
        env={**os.environ, "HUDHUD_DATA_DIR": str(short_dir)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    loaded = set(told.stdout.split())
    assert "structlog" in loaded
    assert loaded & (TERMINAL | MODELS | {"greenlet", "pygments"}) == set()


def test_the_wheel_is_small_and_carries_what_a_start_reads(tmp_path):
    subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-m", "flit_core.wheel", "--outdir", tmp_path],
        cwd=house.ROOT,
        capture_output=True,
        check=True,
    )
    (wheel,) = tmp_path.iterdir()
    assert wheel.stat().st_size < WHEEL_BYTES_MAX
    names = {Path(name) for name in zipfile.ZipFile(wheel).namelist()}
    package = house.ROOT / "src"
    needed = {
        path.relative_to(package)
        for path in package.rglob("*")
        if path.is_file() and path.suffix in {".py", ".sql", ".lua", ".html", ".json", ".woff2"}
    }
    assert needed - names == set()
    assert {name.parts[0].partition("-")[0] for name in names} == {"hudhud"}
    assert not [name for name in names if name.suffix in {".pyc", ".log", ".md"}]
