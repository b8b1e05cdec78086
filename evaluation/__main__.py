"""`python -m evaluation`: every item through the product's offline path; the figures, and why not.

Prints the figures beside their goals, and keeps `result.json` and `failed.jsonl` (each mark that
is wrong, with what was said and answered). The same code and items give the same two files.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec
import structlog

from evaluation.figures import Row, rows, table, table_by_set
from evaluation.items import ARABIC, FOLDER, Item, sets
from evaluation.judging import Mark, marks
from evaluation.shops import shops
from evaluation.stage import Reply, Stage, engine, stage

Answered = tuple[Item, list[Reply], list[Mark]]


async def evaluated(staged: Stage, chosen: Sequence[Item]) -> list[Answered]:
    """Say every item to its shop, one after the other, and judge what comes."""
    ours = shops()
    done: list[Answered] = []
    for item in chosen:
        replies = await staged.converse((item.shop, item.kind == "collect"), item.turns)
        done.append((item, replies, marks(item, replies, ours[item.shop])))
    return done


async def _run(owner_url: str, app_url: str, folder: Path, chosen: list[Item]) -> list[Answered]:
    async with stage(owner_url, app_url, folder) as staged:
        return await evaluated(staged, chosen)


def main() -> int:
    """Evaluate in a folder that is thrown away; returns 0 whenever everything was measured."""
    parser = argparse.ArgumentParser(prog="python -m evaluation", description=__doc__)
    parser.add_argument("--only", default="", help="items whose id begins so: nakhla, phones-0")
    parser.add_argument("--items", type=Path, default=FOLDER, help="folder of other items")
    parser.add_argument("--out", type=Path, default=Path("build/evaluation"), help="folder")
    given = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    by_set = {
        name: [item for item in one if item.id.startswith(given.only)]
        for name, one in sets(given.items).items()
    }
    chosen = [item for one in by_set.values() for item in one]
    with tempfile.TemporaryDirectory(prefix="hudhud-", ignore_cleanup_errors=True) as folder:
        path = Path(folder)
        path.chmod(0o755)  # the engine's own account passes through it
        with engine(path / "data") as (owner_url, app_url):
            done = asyncio.run(_run(owner_url, app_url, path, chosen))
    figured = _figures(done, chosen)
    figured_by_set = {name: _figures(done, one) for name, one in by_set.items()}
    arabic = sum(item.dialect in ARABIC for item in chosen)
    print(f"{len(chosen)} items, {arabic} of them Arabic; share that is right, and of how many\n")
    print(table(figured))
    print(f"\n{table_by_set(figured_by_set)}")
    _keep(given.out, figured, figured_by_set, done)
    print(f"\nkept: {given.out / 'result.json'}, {given.out / 'failed.jsonl'}")
    return 0


def _figures(done: Sequence[Answered], chosen: Sequence[Item]) -> list[Row]:
    ids = {item.id for item in chosen}
    return rows(mark for item, _, judged in done if item.id in ids for mark in judged)


def _keep(
    out: Path,
    figured: Sequence[Row],
    figured_by_set: Mapping[str, Sequence[Row]],
    done: Sequence[Answered],
) -> None:
    out.mkdir(parents=True, exist_ok=True)
    counted = Counter(f"{item.shop} {item.dialect} {item.kind}" for item, _, _ in done)
    result = {
        "items": dict(sorted(counted.items())),
        "figures": [_figured(row) for row in figured],
        "sets": {name: [_figured(r) for r in one] for name, one in figured_by_set.items()},
    }
    encoded = msgspec.json.format(msgspec.json.encode(result), indent=1)
    (out / "result.json").write_bytes(encoded)
    failed = [
        {
            "item": item.id,
            "measure": mark.measure,
            "why": mark.why,
            "turns": [[list(reply.said), reply.text] for reply in replies],
        }
        for item, replies, judged in done
        for mark in judged
        if not mark.right
    ]
    lines = b"".join(msgspec.json.encode(one) + b"\n" for one in failed)
    (out / "failed.jsonl").write_bytes(lines)


def _figured(row: Row) -> dict[str, object]:
    cells = {column: [one.right, one.of] for column, one in row.figures.items() if one.of}
    return {"measure": row.measure, "goal": row.goal, "verdict": row.verdict, "right_of": cells}


if __name__ == "__main__":
    sys.exit(main())
