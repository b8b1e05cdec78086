"""Telling contacts and programs of orders: each promise, taken out once by `mutants.py`."""

from __future__ import annotations

TELLING = "tests/web/orders/test_order_telling.py"
HOOKS = "tests/core/hooks/test_order_hooks.py"

PLACES = "tests/core/sales/test_delivery_places.py"

RULES = (
    (
        "S6: delivery costs what it does where it goes",
        "core/sales/delivering.py",
        "price = charge.price_minor if place is None else place.price_minor",
        "price = charge.price_minor",
        PLACES,
    ),
    (
        "S6: what was quoted for one place is not sold to another",
        "core/sales/selling.py",
        'delivering.at(await till.delivery(), bill["address"])',
        "await till.delivery()",
        PLACES,
    ),
    (
        "S6: a street that is called after a city is not there",
        "core/sales/delivering.py",
        "(begins == 0 or said[begins - 1] not in _STREETS, length, -begins, place)",
        "(True, length, -begins, place)",
        PLACES,
    ),
    (
        "S6: an order that a person takes out of a cart leaves nothing in it to be bought again",
        "core/sales/placing.py",
        "        if from_cart:\n",
        "        if False:\n",
        "tests/web/orders/test_orders_by_hand.py",
    ),
    (
        "S6: the old secret signs until it is dropped",
        "core/hooks/secrets.py",
        "[made, *known][:SECRETS_MAX]",
        "[made]",
        "tests/core/hooks/test_hook_secrets.py",
    ),
    (
        "S6: two who change a secret at once take turns",
        "store/hooks/endpoints.py",
        "where id = $1 for no key update",
        "where id = $1",
        "tests/core/hooks/test_hook_secrets.py",
    ),
    (
        "S6: outside of the reply window nobody is told of an order",
        "core/sales/telling.py",
        "if not window.takes(by_person=False):",
        "if not window:",
        TELLING,
    ),
    (
        "S6: who takes over withdraws nothing that the shop itself says",
        "store/sales/telling.py",
        "select $2, $3, $1, said.id, 'system' from said",
        "select $2, $3, $1, said.id, 'assistant' from said",
        TELLING,
    ),
    (
        "S6: one worker at a time posts to an endpoint",
        "store/schema/functions/hooks/hooks.sql",
        "and coalesce(e.held_until <= clock_timestamp(), true)",
        "and true",
        HOOKS,
    ),
    (
        "S6: a late worker moves no cursor",
        "store/hooks/endpoints.py",
        """where id = $1 and fence = $2\"\"\",
        *(taken.id, taken.fence, event_id, posted, lease_s),""",
        """where id = $1 and $2::bigint is not null\"\"\",
        *(taken.id, taken.fence, event_id, posted, lease_s),""",
        HOOKS,
    ),
    (
        "S6: what was not taken stays first",
        "core/hooks/delivering.py",
        "            return count\n        async with",
        "        async with",
        HOOKS,
    ),
    (
        "S9: what signs for an endpoint lies sealed and is rotated",
        "store/schema/migrations/0061_hooks_before.sql",
        "insert into sealed_column values ('webhook_endpoint', 'secrets');",
        "",
        HOOKS,
    ),
)
