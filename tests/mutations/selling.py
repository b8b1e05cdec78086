"""Selling: each promise about stock, carts and orders, taken out once by `mutants.py`."""

from __future__ import annotations

FUNCTIONS = "store/schema/functions/sales"
MIGRATION = "store/schema/migrations/0049_selling_before.sql"
TOOLS = "tests/core/tools/test_tools_that_sell.py"
MOVED = "tests/core/sales/test_orders_moved.py"
OVERSELL = "tests/store/sales/test_no_oversell.py"
CONSENT = "tests/responders/selling/test_orders_and_consent.py"
REFUSED = "tests/responders/selling/test_orders_refused.py"
APART = "tests/store/sales/test_sales_kept_apart.py"
OFFERS = "tests/responders/selling/test_offers_stand_below_what_they_offer.py"
ASKED = "tests/responders/selling/test_orders_by_what_was_asked.py"

RULES = (
    (
        "S6: what changes the order is no yes to it",
        "responders/selling/agreeing.py",
        "    if {mark.deed for mark in found} & (_AGAINST | _CHANGES) or len(said) > _WORDS_MAX:",
        "    if len(said) > _WORDS_MAX:",
        ASKED,
    ),
    (
        "S6: a mere nod takes no offer that stood before our last words",
        "responders/selling/dialogue.py",
        'yes = yes and (not talk.asked.stale or "confirm" in talk.heard.answers)',
        "yes = yes or False",
        ASKED,
    ),
    (
        "S6: what an order was promised is reserved",
        f"{FUNCTIONS}/orders.sql",
        "set reserved = v.reserved + u.many",
        "set reserved = v.reserved",
        OVERSELL,
    ),
    (
        "S6: variants are held while it is decided whether enough is left",
        f"{FUNCTIONS}/orders.sql",
        "perform 1 from variant v where v.id = any (p_variant) order by v.id for no key update;",
        "null;",
        OVERSELL,
    ),
    (
        "S6: what is cancelled is given back",
        f"{FUNCTIONS}/orders.sql",
        "if p_state in ('shipped', 'cancelled') then",
        "if p_state in ('shipped') then",
        MOVED,
    ),
    (
        "S6: what has left is off the shelf",
        f"{FUNCTIONS}/orders.sql",
        "when 'shipped' then greatest(0, v.stock - u.many)",
        "when 'placed' then greatest(0, v.stock - u.many)",
        MOVED,
    ),
    (
        "S6: what has left is not cancelled",
        "core/sales/states.py",
        '"shipped": frozenset({"delivered"})',
        '"shipped": frozenset({"delivered", "cancelled"})',
        MOVED,
    ),
    (
        "S6: a yes means what was shown",
        "core/sales/carts.py",
        "if cart.quoted != cart.version or today.version != cart.version:",
        "if today.version != cart.version:",
        TOOLS,
    ),
    (
        "S6: a price that changed since is asked for again",
        "core/sales/carts.py",
        "if cart.quoted != cart.version or today.version != cart.version:",
        "if cart.quoted != cart.version:",
        TOOLS,
    ),
    (
        "S6: what became of a merchant's orders is numbered in the order of its commits",
        f"{FUNCTIONS}/orders.sql",
        "perform 1 from order_count c where c.merchant_id = o.merchant_id for no key update;",
        "",
        MOVED,
    ),
    (
        "law 3: a tool does nothing without the lease",
        f"{FUNCTIONS}/carts.sql",
        "if k.fence = p_fence and k.state = 'bot' and k.lease_until is not null then",
        "if true then",
        TOOLS,
    ),
    (
        "trap 10: an answer that is made again orders nothing again",
        "core/tools/once.py",
        "    if key in held.done:",
        "    if False:",
        TOOLS,
    ),
    (
        "trap 10: an answer that was thrown away has changed no cart",
        f"{FUNCTIONS}/carts.sql",
        "case when c.turn_no = p_turn and c.fence <> p_fence then c.before else c.content end",
        "case when false then c.before else c.content end",
        TOOLS,
    ),
    (
        "Q5: an answer that was withdrawn and its successor are one turn",
        f"{FUNCTIONS}/carts.sql",
        "where b.conversation_id = p_conversation and b.outcome <> 'withdrawn' order by b.no desc",
        "where b.conversation_id = p_conversation order by b.no desc",
        APART,
    ),
    (
        "S1: a turn sees its own contact's rows",
        MIGRATION,
        "((select turn_contact()) is null or contact_id = (select turn_contact()))', t);",
        "(true)', t);",
        APART,
    ),
    (
        "S3: two who are one have the orders of both",
        "store/schema/functions/contacts_of.sql",
        "    perform join_carts(p_kept, p_gone);\n",
        "",
        APART,
    ),
    (
        "a process that keeps a catalogue hears of what was sold",
        "store/schema/functions/knowledge/shelves.sql",
        "where (c.stock, c.reserved, c.active) <> (w.stock, w.reserved, w.active)",
        "where (c.stock, c.active) <> (w.stock, w.active)",
        "tests/store/test_catalogue_search.py",
    ),
    (
        "law 1: what is left is counted anew after each order, wherever a shelf is kept",
        "store/catalogue/shelf.py",
        "if free is None:",
        "if True:",
        "tests/store/sales/test_shelf_after_orders.py",
    ),
    (
        "an order moves the number of the stock alone",
        "store/schema/functions/knowledge/shelves.sql",
        "(w.stock, w.reserved, w.active)), 'stock')",
        "(w.stock, w.reserved, w.active)), 'catalogue')",
        "tests/store/sales/test_shelf_after_orders.py",
    ),
    (
        "S6: a yes places only what was quoted as it is",
        "responders/selling/dialogue.py",
        "agreed = talk.cart.lines and talk.cart.quoted == talk.cart.version",
        "agreed = talk.cart.lines",
        CONSENT,
    ),
    (
        "S6: a yes counts only when the last thing asked was to confirm",
        "responders/selling/dialogue.py",
        'if yes and talk.asked.ask == "confirm":',
        "if yes:",
        CONSENT,
    ),
    (
        "S6: a question nods to nothing",
        "responders/selling/wishes.py",
        "plain = plain and not clause.questioned",
        "plain = bool(plain)",
        CONSENT,
    ),
    (
        "S6: what a row answers offers no other thing",
        "responders/selling/sale.py",
        "return asks and about != shown",
        "return asks and about == shown",
        OFFERS,
    ),
    (
        "S6: what is offered is shown with its price",
        "responders/selling/sale.py",
        "return () if listed or not self.hanging else missing",
        "return ()",
        OFFERS,
    ),
    (
        "S6: an unbelievable quantity goes to a person",
        "responders/selling/choosing.py",
        "if count > COUNT_MAX:",
        "if count > COUNT_MAX * COUNT_MAX:",
        REFUSED,
    ),
)
