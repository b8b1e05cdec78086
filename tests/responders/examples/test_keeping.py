"""What was learnt is read again: the same, or anew; never something else."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from hudhud.responders.examples import keeping
from hudhud.responders.examples.judging import weigh
from hudhud.responders.examples.keeping import kept
from hudhud.responders.examples.learning import Learnt, learn, pieces

TOLD = [("الجهاز احترق", "complaint"), ("مساء النور", "greeting"), ("good evening", "greeting")]


class School:
    """Counts how often it was gone to."""

    lessons = 0

    def learn(self) -> Learnt:
        self.lessons += 1
        return learn(TOLD)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    where = tmp_path / "cache" / "few.learnt"
    monkeypatch.setattr(keeping, "_place", lambda _name: where)
    return where


def test_what_was_learnt_once_is_read_and_the_same(place: Path) -> None:
    school = School()
    first, again = kept("few", school.learn), kept("few", school.learn)
    assert school.lessons == 1
    assert again == first
    assert weigh(again, "احترق الجهاز") == weigh(first, "احترق الجهاز")
    assert [one.name for one in place.parent.iterdir()] == [place.name]


def test_what_other_sources_taught_is_learnt_anew(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    school = School()
    kept("few", school.learn)
    monkeypatch.setattr(keeping, "_sources", lambda: b"another line")
    kept("few", school.learn)
    assert school.lessons == 2
    assert place.exists()


@pytest.mark.parametrize("spoiled", ["cut", "empty", "flipped", "a folder"])
def test_what_was_spoiled_is_learnt_anew(place: Path, spoiled: str) -> None:
    school = School()
    first = kept("few", school.learn)
    whole = place.read_bytes()
    place.unlink()
    if spoiled == "a folder":
        place.mkdir()
    else:
        flipped = whole[:-9] + bytes([whole[-9] ^ 1]) + whole[-8:]
        place.write_bytes({"cut": whole[:-1], "empty": b"", "flipped": flipped}[spoiled])
    assert kept("few", school.learn) == first
    assert school.lessons == 2


def test_where_nothing_can_be_kept_everything_is_learnt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    for nowhere in (None, tmp_path / "file" / "few.learnt"):
        monkeypatch.setattr(keeping, "_place", lambda _name, at=nowhere: at)
        school = School()
        assert kept("few", school.learn) == kept("few", school.learn)
        assert school.lessons == 2


def test_pieces_are_told_apart_by_letters_and_length() -> None:
    assert pieces("ab") != pieces("ba")
    assert len(pieces("abcde")) == 6 + 5 + 4 + 3
    assert pieces("ab") <= pieces("ab cd")


def test_all_that_teaches_is_among_the_sources() -> None:
    """What is imported from elsewhere has no word of it: shapes of values, and freeing memory."""
    asked = "import sys, hudhud.responders.examples.tongue; print(*sys.modules)"
    told = subprocess.run(  # noqa: S603 - this Python
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True
    )
    ours = {name for name in told.stdout.split() if name.startswith("hudhud.")}
    taught = tuple(f"hudhud.{part}" for part in keeping._MADE_OF)
    assert {name for name in ours if not name.startswith((*taught, "hudhud.model"))} == {
        "hudhud.memory"
    }
