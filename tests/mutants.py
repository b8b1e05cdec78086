"""`make mutants`: each law, with its rule taken out, must turn a test red.

A test that stays green without the rule that it guards guards nothing. Every mutant is one edit
of the source in a copy; the named tests run on the copy and must fail.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
SQL = "store/schema/migrations"
FUNCTIONS = "store/schema/functions"
LAWS = "tests/store/test_laws_in_the_database.py"
OUTBOX = "tests/store/test_outbox_in_the_database.py"
SPOOL = "tests/core/test_spool.py"
INTAKE = "tests/core/test_intake.py"
TIMEOUT_S = 120


class Mutant(NamedTuple):
    """One rule taken out: which, where, what stands there, what instead, and who must notice."""

    rule: str
    file: str
    old: str
    new: str
    tests: str


MUTANTS = (
    Mutant(
        "law 1: the sweep looks for unanswered messages themselves",
        f"{FUNCTIONS}/sweep.sql",
        "where k.state = 'bot' and k.due_at is null and k.lease_until is null\n          and",
        "where false and k.state = 'bot' and k.due_at is null and k.lease_until is null\n"
        "          and",
        LAWS,
    ),
    Mutant(
        "law 2: an acknowledgement follows its fsync",
        "core/intake/spool.py",
        "            self._fsync(file.fileno())\n",
        "",
        SPOOL,
    ),
    Mutant(
        "law 2: a slow commit goes to the spool",
        "core/intake/accept.py",
        "            self.trusted = False\n            with contextlib",
        "            return True\n            with contextlib",
        INTAKE,
    ),
    Mutant(
        "law 2: newer webhooks queue behind the spool",
        "core/intake/accept.py",
        "if self.trusted and self.spool.empty and await",
        "if self.trusted and await",
        INTAKE,
    ),
    Mutant(
        "law 2: only what was inserted counts",
        f"{FUNCTIONS}/accept.sql",
        "from unnest(fresh) f order by f",
        "from generate_subscripts(m_w, 1) f order by f",
        LAWS,
    ),
    Mutant(
        "law 3: the fence is checked in the answering transaction",
        f"{FUNCTIONS}/finish.sql",
        "where k.id = a.cid and k.fence = a.f and k.state = 'bot'",
        "where k.id = a.cid and k.state = 'bot'",
        LAWS,
    ),
    Mutant(
        "law 4: the batch is closed in the row at the claim",
        f"{FUNCTIONS}/finish.sql",
        "where y.conversation_id = h.id and y.id <= h.closed_id",
        "where y.conversation_id = h.id",
        LAWS,
    ),
    Mutant(
        "law 4: finishing never writes due_at of newer messages",
        f"{FUNCTIONS}/finish.sql",
        "in ('handed_over', 'dead') then null\n                else k.due_at end",
        "in ('handed_over', 'dead') then null\n                else null end, pending = 0",
        LAWS,
    ),
    Mutant(
        "law 4: the window is fixed by the first message",
        f"{FUNCTIONS}/accept.sql",
        "else least(k.due_at, g.since + (select",
        "else (g.since + interval '1 s' + (select",
        LAWS,
    ),
    Mutant(
        "law 5: an unknown send stops the rest",
        f"{FUNCTIONS}/begin_sends.sql",
        "o.state in ('queued', 'sending', 'unknown')\n        order by",
        "o.state in ('queued', 'sending')\n        order by",
        OUTBOX,
    ),
    Mutant(
        "law 5: a late result of an earlier attempt changes nothing",
        f"{FUNCTIONS}/end_sends.sql",
        "in ('sending', 'unknown') and o.attempt = a.attempt;",
        "in ('sending', 'unknown');",
        OUTBOX,
    ),
    Mutant(
        "law 6: a refused send ends at a person",
        f"{FUNCTIONS}/end_sends.sql",
        "    perform refuse(p_row);\n",
        "",
        OUTBOX,
    ),
    Mutant(
        "law 7: the spool has a limit",
        "core/intake/spool.py",
        "> self.bytes_max:",
        "> 10**12:",
        SPOOL,
    ),
    Mutant(
        "S1: row-level security by merchant",
        f"{SQL}/0001_nouns_before.sql",
        "using (array[merchant_id] <@ (select merchants()))', t);",
        "using (true)', t);",
        LAWS,
    ),
)


def survives(mutant: Mutant, folder: Path) -> bool:
    """Whether the tests stay green without the rule."""
    source = folder / "src"
    shutil.copytree(ROOT / "src", source)
    path = source / "hudhud" / mutant.file
    text = path.read_text(encoding="utf-8")
    if text.count(mutant.old) != 1:
        sys.exit(f"{mutant.rule}: its line stands {text.count(mutant.old)} times in {mutant.file}")
    path.write_text(text.replace(mutant.old, mutant.new), encoding="utf-8")
    done = subprocess.run(  # noqa: S603 - our own tests
        [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", mutant.tests],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{source}:{ROOT / 'tests'}"},
        capture_output=True,
        timeout=TIMEOUT_S,
        check=False,
    )
    if done.returncode not in {0, 1}:
        sys.exit(f"{mutant.rule}: the tests did not run\n{done.stdout.decode()[-2000:]}")
    return done.returncode == 0


def main() -> int:
    """Try every mutant; 1 when one survives."""
    alive = 0
    for mutant in MUTANTS:
        with tempfile.TemporaryDirectory() as folder:
            survived = survives(mutant, Path(folder))
        alive += survived
        print("SURVIVED" if survived else "red     ", mutant.rule, flush=True)  # noqa: T201 - its report
    print(f"{len(MUTANTS) - alive} passed, {alive} failed")  # noqa: T201 - its report
    return 1 if alive else 0


if __name__ == "__main__":
    sys.exit(main())
