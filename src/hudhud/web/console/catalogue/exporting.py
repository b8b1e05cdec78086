"""The catalogue as a file that comes in again unchanged."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable

from starlette.requests import Request
from starlette.responses import Response

from hudhud.core.importing.exporting import as_csv, as_json
from hudhud.model.goods import Entry
from hudhud.store.catalogue import entries
from hudhud.web.console.page import context_of


async def csv_file(request: Request) -> Response:
    """For spreadsheets."""
    return await _file(request, as_csv, "products.csv", "text/csv; charset=utf-8")


async def json_file(request: Request) -> Response:
    """For programs."""
    return await _file(request, as_json, "products.json", "application/json")


async def _file(
    request: Request, written: Callable[[Iterable[Entry]], bytes], name: str, kind: str
) -> Response:
    merchant_id = request.state.operator.merchant_id
    async with context_of(request).database.reading(merchant_id) as connection:
        found = await entries.entries(connection, merchant_id)
    data = await asyncio.to_thread(written, found)
    headers = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"}
    return Response(data, headers=headers, media_type=kind)
