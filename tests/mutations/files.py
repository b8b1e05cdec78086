"""Files: each rule taken out once by `mutants.py`.

Each: the rule, its file, what stands there, what instead, and the tests that must turn red.
"""

from __future__ import annotations

DOWNLOAD = "tests/core/media/test_media_download.py"
LINKS = "tests/core/media/test_media_links.py"
SERVED = "tests/web/test_media_links_served.py"
COME_AND_GO = "tests/worker/test_files_come_and_go.py"
VOICES = "tests/worker/test_voice_notes.py"

RULES = (
    (
        "S8: no file is fetched from a private address",
        "addresses.py",
        "if passage is None or not (passage.private or is_public(address)):",
        "if passage is None:",
        DOWNLOAD,
    ),
    (
        "S8: a redirect is looked at as the first address was",
        "core/media/download.py",
        "passage = Passage(private=str(place.origin()) in trusted)",
        "passage = Passage(private=bool(trusted))",
        DOWNLOAD,
    ),
    (
        "S8: a token does not follow a redirect to elsewhere",
        "core/media/download.py",
        "            told = {}\n",
        "            told = dict(told)\n",
        DOWNLOAD,
    ),
    (
        "S8: a link is proved",
        "core/media/links.py",
        "if not hmac.compare_digest(given, self._proof(named).encode()):",
        "if not given:",
        LINKS,
    ),
    (
        "S8: a link ends",
        "core/media/links.py",
        "if named.until <= now.timestamp():",
        "if named.until <= 0:",
        LINKS,
    ),
    (
        "S8: a link is good for one part of one file",
        "core/media/links.py",
        'words = f"{named.merchant_id}.{named.public_id.hex}.{named.part}.{named.until}"',
        'words = f"{named.merchant_id}.{named.public_id.hex}.{named.until}"',
        LINKS,
    ),
    (
        "S8: a file has the type that its own bytes show, or none",
        "web/media.py",
        "return mime if mime in KNOWN else UNKNOWN",
        "return mime",
        SERVED,
    ),
    (
        "S8: only what is safe is shown in its place",
        "web/media.py",
        'how = "inline" if mime in SHOWN else "attachment"',
        'how = "inline"',
        SERVED,
    ),
    (
        "S8: what a dead worker fetched is due at once",
        "ops/burial.py",
        "files = await media.release(database, holder, crashed=True)",
        "files = 0",
        COME_AND_GO,
    ),
    (
        "S8: a file is forgotten only after it left the storage",
        "core/media/dropping.py",
        "            break\n",
        "",
        COME_AND_GO,
    ),
    (
        "S8: without words a voice note goes to a person",
        "core/answering/answer.py",
        "if heard is None:",
        "if heard is None and not claim.messages:",
        VOICES,
    ),
)
