"""Who the peers are, and which processes their documentation starts: one web, one worker."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).parent

UVICORN = ("uvicorn", "{app}:app", "--host", "127.0.0.1", "--port", "{port}")
QUIET = ("--log-level", "warning", "--no-access-log")


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """One peer: `{app}`, `{port}` and `{url}` in its commands are the variant's and the run's.

    A command's first word is a program of the peer's environment. `beside` are the processes
    that it needs besides a worker; a kill spares them. `package` is what its version is told of.
    `always_sql`: it has no store but PostgreSQL, so both variants are the same.
    """

    package: str
    web: tuple[str, ...] = (*UVICORN, *QUIET)
    worker: tuple[str, ...]
    beside: tuple[tuple[str, ...], ...] = ()
    app: str = "app.py"
    app_sql: str = "app_sql.py"
    node: bool = False
    always_sql: bool = False
    server: bool = False
    environ: dict[str, str] = field(default_factory=dict)


def _node(package: str, *, server: bool = False) -> Peer:
    return Peer(
        package=package,
        web=("node", "{app}.mjs", "web"),
        worker=("node", "{app}.mjs", "worker"),
        app="app.mjs",
        app_sql="app_sql.mjs",
        node=True,
        server=server,
    )


# Threads and coroutines: 64 answers of a worker may wait for their model at a time, as with us.
PEERS = {
    "celery": Peer(
        package="celery",
        worker=(
            *("celery", "--app", "{app}:queue", "worker", "--loglevel", "ERROR"),
            *("--pool", "threads", "--concurrency", "64"),
        ),
    ),
    "arq": Peer(package="arq", worker=("arq", "{app}.Worker")),
    "saq": Peer(package="saq", worker=("saq", "{app}.settings")),
    "taskiq": Peer(
        package="taskiq",
        worker=(
            *("taskiq", "worker", "{app}:broker", "--workers", "1"),
            *("--max-async-tasks", "64", "--log-level", "ERROR"),
        ),
        # Once a second is the smallest step that it looks for what is due.
        beside=(*(("taskiq", "scheduler", "{app}:scheduler", "--update-interval", "1"),),),
    ),
    "dramatiq": Peer(
        package="dramatiq", worker=("dramatiq", "{app}", "--processes", "1", "--threads", "64")
    ),
    "rq": Peer(
        package="rq",
        worker=(
            # Without a fork for each job, which alone takes it ten milliseconds.
            *("rq", "worker", "--with-scheduler", "--worker-class", "rq.SimpleWorker"),
            *("--url", "{url}", "--maintenance-interval", "10", "--quiet"),
        ),
    ),
    "dbos": Peer(package="dbos", worker=("python", "{app}.py"), app="app_sql.py", always_sql=True),
    "bullmq": _node("bullmq"),
    # The newest SDK that runs on Node 20; later ones want 22 and fail on the first call.
    "restate": _node("@restatedev/restate-sdk", server=True),
}
