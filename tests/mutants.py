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
from itertools import chain, starmap
from pathlib import Path
from typing import NamedTuple

from mutations import (
    breakers,
    connecting,
    drill,
    evolution,
    files,
    identity,
    intake,
    laws,
    leases,
    letters,
    queue,
    safety,
    selling,
    sending,
    servers,
    templates,
    threads,
    webchat,
    whatsapp,
    windows,
)
from mutations.answers import (
    examples,
    fields,
    goods,
    knowledge,
    language,
    models,
    orders,
    people,
    pictures,
    rows,
)

ROOT = Path(__file__).parent.parent
TIMEOUT_S = 120


class Mutant(NamedTuple):
    """One rule taken out: which, where, what stands there, what instead, and who must notice."""

    rule: str
    file: str
    old: str
    new: str
    tests: str


LISTS = (
    connecting,
    *(laws, intake, queue, leases, sending, letters, files, identity),
    *(breakers, servers, drill, windows, whatsapp, evolution, threads, templates, webchat),
    *(models, people, selling, orders, knowledge, safety, goods, pictures, language, fields),
    *(examples, rows),
)
MUTANTS = tuple(starmap(Mutant, chain.from_iterable(one.RULES for one in LISTS)))


def mutated(mutant: Mutant, source: Path) -> str:
    """The text of its file without the rule.

    Raises:
        ValueError: what it takes out does not stand there exactly once.
    """
    text = (source / "hudhud" / mutant.file).read_text(encoding="utf-8")
    if (count := text.count(mutant.old)) != 1:
        raise ValueError(f"{mutant.rule}: its line stands {count} times in {mutant.file}")
    return text.replace(mutant.old, mutant.new)


def survives(mutant: Mutant, folder: Path) -> bool:
    """Whether the tests stay green without the rule."""
    source = folder / "src"
    shutil.copytree(ROOT / "src", source)
    (source / "hudhud" / mutant.file).write_text(mutated(mutant, source), encoding="utf-8")
    try:
        done = subprocess.run(  # noqa: S603 - our own tests
            [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", mutant.tests],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": f"{source}:{ROOT / 'tests'}"},
            capture_output=True,
            timeout=TIMEOUT_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return False  # they hang, or look for the shortest history that fails: not green
    if done.returncode not in {0, 1}:
        sys.exit(f"{mutant.rule}: the tests did not run\n{done.stdout.decode()[-2000:]}")
    return done.returncode == 0


def main(words: list[str]) -> int:
    """Try the mutants whose rule or file contains a word, or all of them; 1 when one survives."""
    tried = alive = 0
    for mutant in MUTANTS:
        if words and not any(word in mutant.rule or word in mutant.file for word in words):
            continue
        with tempfile.TemporaryDirectory() as folder:
            survived = survives(mutant, Path(folder))
        tried += 1
        alive += survived
        print("SURVIVED" if survived else "red     ", mutant.rule, flush=True)  # noqa: T201 - its report
    print(f"{tried - alive} passed, {alive} failed")  # noqa: T201 - its report
    return 1 if alive else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
