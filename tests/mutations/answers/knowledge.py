"""Documents and what is quoted of them: each rule taken out once by `mutants.py`."""

from __future__ import annotations

DEEDS = "tests/core/knowledge/test_documents.py"
FORMATS = "tests/core/knowledge/test_document_formats.py"
READING = "tests/core/knowledge/test_document_reading.py"
QUOTES = "tests/responders/test_responder_quoting.py"

RULES = (
    (
        "S1: who names no merchant finds no passage",
        "store/schema/functions/knowledge/passages.sql",
        "if (p_merchant = any (merchants())) is not true then return; end if;",
        "if not p_merchant = any (merchants()) then return; end if;",
        DEEDS,
    ),
    (
        "a document that cannot be read takes no older one's place",
        "store/knowledge/documents.py",
        "sha256 = excluded.sha256, changed_at = now() where d.status = 'refused'",
        "sha256 = excluded.sha256, status = 'refused', changed_at = now()",
        DEEDS,
    ),
    (
        "a replaced document leaves no passage behind",
        "store/knowledge/documents.py",
        '"delete from passage where document_id = $1", document_id',
        '"delete from passage where document_id = -$1", document_id',
        DEEDS,
    ),
    (
        "entities are where bombs are made",
        "core/knowledge/formats/docx.py",
        "    reader.StartDoctypeDeclHandler = refuse\n",
        "",
        FORMATS,
    ),
    (
        "a packing lies about what is in it",
        "core/knowledge/formats/docx.py",
        "if len(body) > UNPACKED_BYTES_MAX:",
        "if False:",
        FORMATS,
    ),
    (
        "a program that takes too long is ended",
        "core/knowledge/reading.py",
        "async with asyncio.timeout(READ_S):",
        "async with asyncio.timeout(None):",
        READING,
    ),
    (
        "what is hidden on a page is not read",
        "core/knowledge/formats/web_page.py",
        "if self._unread or tag in _UNREAD or _hidden(given):",
        "if self._unread or tag in _UNREAD:",
        FORMATS,
    ),
    (
        "Arabic of a PDF is turned around as it is read",
        "core/knowledge/formats/visual.py",
        "    elif _runs_left(painted):\n        pieces = _turned(painted)\n",
        "",
        FORMATS,
    ),
    (
        "brackets are mirrored where a line runs to the left",
        "core/knowledge/formats/visual.py",
        "[piece.translate(_MIRRORED) for piece in reversed(run)]",
        "list(reversed(run))",
        FORMATS,
    ),
    (
        "without the word that says most nothing is quoted",
        "responders/quoting.py",
        "if worths[weights.index(max(weights))] < _HELD:",
        "if False:",
        QUOTES,
    ),
    (
        "a text in another language is no answer",
        "responders/quoting.py",
        "best.share < SURE or language(best.text) != spoken:",
        "best.share < SURE:",
        QUOTES,
    ),
    (
        "of two that fit alike nobody knows which was meant",
        "responders/quoting.py",
        "return best if sure_of_one else None",
        "return best",
        QUOTES,
    ),
)
