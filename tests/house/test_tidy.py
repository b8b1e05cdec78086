"""The sizes and the words that keep the house livable; each rule is seen to fail as well."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import house


def test_no_file_is_longer_than_its_limit() -> None:
    lengths = {
        house.name_of(path): len(path.read_text(encoding="utf-8").splitlines())
        for path in house.written()
    }
    assert {k: v for k, v in lengths.items() if v > house.FILE_LINES_MAX} == {}


def test_no_function_is_longer_than_its_limit() -> None:
    found = [
        f"{house.name_of(path)}: {function}"
        for path in house.python()
        for function in house.long_functions(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_no_line_of_python_is_wider_than_its_limit() -> None:
    found = [
        f"{house.name_of(path)}:{number}"
        for path in house.python()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if house.columns(line) > house.LINE_COLUMNS_MAX
    ]
    assert found == []


def test_no_folder_holds_more_files_than_its_limit() -> None:
    # An empty __init__.py is a mark on the folder, not a file to read; the numbered migrations are
    # a history that only grows, in which nobody looks for anything.
    folders = Counter(
        house.name_of(path.parent)
        for path in house.written()
        if path.name != "__init__.py" and path.parent.name != "migrations"
    )
    assert {k: v for k, v in folders.items() if v > house.FOLDER_FILES_MAX} == {}


def test_no_file_has_a_name_under_which_anything_could_be_put() -> None:
    assert [house.name_of(path) for path in house.written() if house.banned_words(path)] == []


def test_no_class_has_a_name_that_says_nothing() -> None:
    found = [
        f"{house.name_of(path)}: {name}"
        for path in house.python()
        for name in house.banned_classes(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_the_rules_can_fail() -> None:
    long = "async def endless():\n" + "    pass\n" * house.FUNCTION_LINES_MAX
    assert list(house.long_functions(long)) == ["endless: 71 lines"]
    assert list(house.long_functions(long.replace("    pass\n", "", 1))) == []
    assert list(house.banned_classes("class MessageService: ...")) == ["MessageService"]
    assert list(house.banned_classes("class Message: ...")) == []
    assert house.columns("x = 1  # noqa: A001 - a reason") == len("x = 1")
    assert house.columns("y = " + "x" * 97) == house.LINE_COLUMNS_MAX + 1
    assert house.banned_words(Path("text_utils.py")) == {"utils"}
    assert house.banned_words(Path("text.py")) == set()
