"""Links the phone behind an inbox: the QR code to scan, until it is linked."""

from __future__ import annotations

import time
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from hudhud.core.inboxes import Inboxes
from hudhud.core.linking.asking import Looked, look, needs_linking
from hudhud.errors import NotFoundError
from hudhud.store import inboxes
from hudhud.web.console.page import context_of, reader_of, show

# Pages read themselves again whenever anything changes; the account is asked no more often.
KEPT_S = 2.0
KEPT_MAX = 1000


class Looks:
    """What accounts said a moment ago, for all who look."""

    def __init__(self, inboxes: Inboxes | None) -> None:
        """Begin with nothing kept."""
        self._inboxes = inboxes
        self._kept: dict[tuple[int, int], tuple[float, Looked]] = {}

    async def get(self, place: tuple[int, int]) -> Looked:
        """What the account says, at most `KEPT_S` old; errors as `look`."""
        kept = self._kept.get(place)
        if kept is not None and time.monotonic() < kept[0]:
            return kept[1]
        if self._inboxes is None:
            raise NotFoundError(f"Inbox {place[1]}.")
        looked = await look(self._inboxes, place)
        if len(self._kept) >= KEPT_MAX:
            self._kept.clear()
        self._kept[place] = (time.monotonic() + KEPT_S, looked)
        return looked


async def linking_page(request: Request) -> Response:
    """Whether the phone is linked, and what to do when it is not."""
    context, operator = context_of(request), request.state.operator
    async with context.database.reading(operator.merchant_id) as connection:
        reader = await reader_of(request, connection)
        inbox = await inboxes.by_id(connection, request.path_params["id"])
    if inbox is None or not needs_linking(inbox.channel):
        raise HTTPException(404)
    looks: Looks = request.app.state.looks
    looked = await looks.get((operator.merchant_id, inbox.id))
    return show(
        request,
        "linking/page.html",
        reader.say,
        reader=reader,
        inbox=inbox,
        looked=looked,
        drawn=_drawn(looked),
    )


def _drawn(looked: Looked) -> Any:
    from hudhud.core.linking.drawing import svg  # noqa: PLC0415 - only this page draws

    return svg(looked.link.qr_code) if looked.link and looked.link.qr_code else ""
