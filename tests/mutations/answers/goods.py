"""What a merchant sells, brought and edited: each rule taken out once by `mutants.py`."""

from __future__ import annotations

CELLS = "tests/core/importing/test_import_cells.py"
SHEETS = "tests/core/importing/test_sheets_read.py"
APPLIED = "tests/core/importing/test_imports_applied.py"
BY_HAND = "tests/core/goods/test_products_by_hand.py"

RULES = (
    (
        "S6: a price with two readings is refused",
        "core/importing/cells.py",
        'if parts_written if single[1] != "." else not parts_written:',
        "if False:",
        CELLS,
    ),
    (
        "S6: a price in another currency is refused",
        "core/importing/cells.py",
        "    _check_currency(rest, currency)\n    _check_sure",
        "    _check_sure",
        CELLS,
    ),
    (
        "S8: a workbook is measured as it unpacks, whatever it says of itself",
        "core/importing/sheet.py",
        "if left < 0:",
        "if False:",
        SHEETS,
    ),
    (
        "S8: no part of a workbook declares entities",
        "core/importing/sheet.py",
        "                    _refuse_entities(whole)\n",
        "",
        SHEETS,
    ),
    (
        "S6: what changed since the preview is shown again",
        "core/importing/applying.py",
        '(there.state(stock=False) if there else "") != row["was"]',
        "False",
        APPLIED,
    ),
    (
        "S6: what was sold since the preview stays sold",
        "core/importing/applying.py",
        "keep = old is not None and one.name not in said",
        "keep = False",
        APPLIED,
    ),
    (
        "S6: a list is written by one process at a time",
        "store/catalogue/imports.py",
        "and beat_at < now() - make_interval(secs => $3)))",
        "and $3::float8 > 0))",
        APPLIED,
    ),
    (
        "S6: an order waits for a step of a list, and not for the list",
        "core/importing/applying.py",
        "rows = await imports.unwritten(connection, import_id, limit=STEP)",
        "rows = await imports.unwritten(connection, import_id, limit=10**6)",
        APPLIED,
    ),
    (
        "S6: what of a list is in is not written again over what became of it",
        "store/catalogue/imports.py",
        "where import_id = $1 and row > $2 and verdict in ('new', 'changed') and not written",
        "where import_id = $1 and row > $2 and verdict in ('new', 'changed')",
        APPLIED,
    ),
    (
        "S6: no product comes in in a currency that the shop does not sell in",
        "core/importing/comparing.py",
        "if mixed or told not in (currency, there):",
        "if mixed:",
        "tests/core/importing/test_import_families.py",
    ),
    (
        "S6: prices of one product are in one currency",
        "core/importing/comparing.py",
        "if mixed or told not in (currency, there):",
        "if told not in (currency, there):",
        "tests/core/importing/test_import_families.py",
    ),
    (
        "S6: who edits what somebody else changed meanwhile is told",
        "core/goods/editing.py",
        "(state is not None and now.state(stock=False) != state)",
        "False",
        BY_HAND,
    ),
    (
        "S6: a shelf that nobody touched keeps what was sold meanwhile",
        "core/goods/editing.py",
        "if old is not None and typed.stock == typed.was:",
        "if False:",
        BY_HAND,
    ),
    (
        "S8: a picture that cannot be read is none",
        "core/goods/picturing.py",
        "if stored.thumbnail_key is None:",
        "if False:",
        BY_HAND,
    ),
)
