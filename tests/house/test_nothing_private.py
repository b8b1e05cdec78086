"""What is committed says nothing of the machine on which it was written."""

from __future__ import annotations

import re

import house

# Folders of one person's machine, addresses of a package index, keys that are keys.
PRIVATE = {
    "a folder of one machine": re.compile(rb"(?<![\w.\-/])/(?:work|home/\w+|Users/\w+)/[\w.]"),
    "an index of packages": re.compile(rb"--?(?:extra-)?index-url|--find-links"),
    "a private key": re.compile(rb"-----BEGIN [A-Z ]*PRIVATE KEY"),
}
SELF = "tests/house/test_nothing_private.py"


def test_no_committed_file_names_a_machine_an_index_or_a_key() -> None:
    found = [
        f"{house.name_of(path)}: {what}"
        for path in house.ours()
        if house.name_of(path) != SELF
        for what, pattern in PRIVATE.items()
        if pattern.search(path.read_bytes())
    ]
    assert found == []


def test_what_is_private_is_recognised() -> None:
    assert PRIVATE["a folder of one machine"].search(b"see /home/sara/hudhud/x.py")
    assert not PRIVATE["a folder of one machine"].search(b"GET https://host/work/order")
    assert PRIVATE["an index of packages"].search(b"pip install --index-url https://x")
    assert PRIVATE["a private key"].search(b"-----BEGIN RSA PRIVATE KEY-----")
