"""A customer sends a file: it is fetched from the provider, checked and kept (S8)."""

from __future__ import annotations

from pathlib import Path

import pytest

from shops import Shop, until

KEPT = "select kind, state, mime, bytes, reason from media where merchant_id = $1 order by id"


@pytest.mark.clause("5.4")
@pytest.mark.parametrize("kind", ["image", "video", "audio", "document", "sticker"])
async def test_a_file_that_a_customer_sends_is_kept(shop: Shop, kind: str) -> None:
    await shop.say(kind=kind)

    async def kept() -> bool:
        rows = await shop.rows(KEPT)
        return bool(rows) and rows[0]["state"] not in ("queued", "fetching")

    await until(kept, "the file was fetched")
    (row,) = await shop.rows(KEPT)
    assert (row["kind"], row["state"], row["reason"]) == (kind, "stored", None)
    files = [path for path in (Path(shop.house.folder) / "media").rglob("*") if path.is_file()]
    assert row["bytes"] in [path.stat().st_size for path in files]
