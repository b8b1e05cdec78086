"""A peer's own packages, installed once from its pins; nothing of them meets ours."""

from __future__ import annotations

import asyncio
import hashlib
import importlib.util
import json
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from bench.peers.catalogue import HERE, Peer

INSTALL_S_MAX = 600.0
TAIL = 1500


@dataclass(frozen=True, slots=True)
class Home:
    """Where a peer's packages are, its programs among them, and which version it is."""

    name: str
    folder: Path
    programs: Path
    version: str

    def program(self, name: str) -> str:
        """The full path of one of its programs, or the machine's own of that name."""
        return str(self.programs / name) if (self.programs / name).exists() else name


def absent(peer: Peer) -> str:
    """Why its packages cannot be installed here; empty when they can."""
    if peer.node:
        missing = [program for program in ("node", "npm") if shutil.which(program) is None]
        return f"{' and '.join(missing)} not installed" if missing else ""
    return "" if importlib.util.find_spec("ensurepip") else "this Python cannot make a venv"


async def make(name: str, peer: Peer, kept: Path) -> Home:
    """Install a peer's pins, unless that was done before.

    Args:
        name: of the peer's folder.
        peer: whose.
        kept: the folder of all peers' environments.

    Raises:
        RuntimeError: the registry or the network refused; the installer's last words are told.
        TimeoutError: it took longer than INSTALL_S_MAX.
    """
    pins = HERE / name / ("package.json" if peer.node else "requirements.txt")
    stamp = hashlib.sha256(pins.read_bytes() + sys.version.encode()).hexdigest()[:12]
    folder = kept / f"{name}-{stamp}"
    programs = folder / ("node_modules/.bin" if peer.node else "bin")
    done = folder / "installed"
    if not done.exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        await (_npm(folder, pins) if peer.node else _venv(folder, pins))
        done.touch()
    return Home(name, folder, programs, _version(name, peer))


def _version(name: str, peer: Peer) -> str:
    if peer.node:
        pins = json.loads((HERE / name / "package.json").read_text(encoding="utf-8"))
        return str(pins["dependencies"][peer.package])
    lines = (HERE / name / "requirements.txt").read_text(encoding="utf-8").splitlines()
    return dict(line.split("==", 1) for line in lines)[peer.package]


async def _venv(folder: Path, pins: Path) -> None:
    await _call(sys.executable, "-m", "venv", str(folder))
    pip = str(folder / "bin" / "pip")
    await _call(pip, "install", "--quiet", "--disable-pip-version-check", "-r", str(pins))


async def _npm(folder: Path, pins: Path) -> None:
    shutil.copy(pins, folder)
    quiet = ("--no-audit", "--no-fund", "--no-package-lock", "--loglevel", "error")
    await _call("npm", "install", *quiet, folder=folder)


async def _call(*command: str, folder: Path | None = None) -> None:
    process = await asyncio.create_subprocess_exec(
        *command,
        cwd=folder,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        async with asyncio.timeout(INSTALL_S_MAX):
            said, _ = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} failed: {said.decode()[-TAIL:]}")
