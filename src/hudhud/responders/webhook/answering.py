"""Posts the batch to an inbox's own URL, and takes the contract out of what comes back (S10).

Fields are collected from the customer's own words here as with any model. The URL's answer may ask
for those that are missing, and name products whose pictures leave below it. A status of 204 says
that nothing needs to be answered.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import msgspec

from hudhud.errors import ResponderFailedError
from hudhud.model import Answer, Product, Refused, SendPictures, Tools, Turn
from hudhud.model.goods import PICTURES_MAX
from hudhud.responders import collecting, contract, picturing
from hudhud.responders.webhook.body import body_of
from hudhud.responders.webhook.options import Options, service
from hudhud.responders.webhook.posting import post
from hudhud.responders.webhook.signing import signed
from hudhud.responders.wording import Wording
from hudhud.text import language


async def answer(
    turn: Turn,
    options: Options,
    *,
    deadline_s: float,
    tools: Tools,
) -> Answer:
    """Post the batch, and read the answer.

    Args:
        turn: what is posted.
        options: where to, and what signs it.
        deadline_s: seconds for all of it.
        tools: finds the pictures that it asks for; what else it may do, it does by itself.

    Raises:
        ResponderFailedError: no answer in time, or none that a customer may read.
        StoreUnavailableError, LeaseLostError: as `Tools.call`.
    """
    said = [message for message in turn.messages if message.text.strip()]
    gathered = collecting.of_turn(turn, said)
    told = msgspec.structs.replace(turn, collected={**turn.collected, **gathered.values})
    body = body_of(told, answer_within_s=deadline_s)
    # The same batch asked again has the same id, so that its receiver acts once.
    last = turn.messages[-1].id if turn.messages else 0
    id_ = f"msg_{turn.merchant_id}_{turn.conversation_id}_{last}"
    headers = signed(options.secrets, body, id_=id_, now=datetime.now(UTC))
    posted = await post(options.url, body, headers, trusted=options.trusted, deadline_s=deadline_s)
    source, trace = f"webhook:{service(options)}", {"webhook": {"id": id_, "bytes": len(body)}}
    if posted.silent:
        return Answer(noted="webhook_silent", source=source, collected=gathered.values, trace=trace)
    found = contract.read(posted.text)
    asked = [field for field in gathered.missing if field.name in found.requested_fields]
    response = found.response
    wording = Wording(language(" ".join(message.text for message in said)), "arabic", 0)
    if response is None and found.needs_data_collection and asked:
        response = wording.ask(asked)
    shown = [] if found.wants_person else await _shown(found.pictures, tools)
    if response is None and shown:
        response = wording.pictured(shown)
    if response is None and not found.wants_person:
        raise ResponderFailedError(
            "Its answer holds nothing that a customer may read.", service="well"
        )
    return Answer(
        text=response or "",
        hand_over=None if response is not None else "webhook_asked",
        source=source,
        collected=gathered.values,
        trace={
            **trace,
            "said": gathered.said,
            "requested_fields": [field.name for field in asked],
            **({"pictures": [product.sku for product in shown]} if found.pictures else {}),
        },
        contents=picturing.pictures(shown, wording),
    )


async def _shown(wanted: Sequence[tuple[str, str]], tools: Tools) -> list[Product]:
    """Those of this merchant that have pictures; an address of the web is no article number."""
    shown: dict[tuple[str, tuple[int, ...]], Product] = {}
    for sku, colour in wanted[:PICTURES_MAX]:
        found = await tools.call(SendPictures(sku=sku, colour=colour))
        if not isinstance(found, Refused):
            shown[found.sku, found.images] = found
    return list(shown.values())
