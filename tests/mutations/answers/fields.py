"""What contacts say of themselves: each rule taken out once by `mutants.py`."""

from __future__ import annotations

NUMBERS = "tests/unit/test_telephone_numbers.py"
SAID = "tests/responders/test_responder_telephones.py"
ORDERS = "tests/responders/selling/test_order_for_whom.py"

RULES = (
    (
        "S5: a number that can be none is asked for again",
        "responders/telephones/reading.py",
        'return (digits, "phone_abroad") if elsewhere else ("", "phone_unfit")',
        "return digits, ''",
        ORDERS,
    ),
    (
        "S5: who says a number again knows it better than a plan",
        "responders/telephones/reading.py",
        "    if again and len",
        "    if False and len",
        SAID,
    ),
    (
        "S5: a number is read by the plan of its country",
        "text/numbering.py",
        "return read if read and plans.is_valid_number_for_region(read, country) else None",
        "return read",
        NUMBERS,
    ),
    (
        "S5: a place that was shared is an address",
        "responders/collecting.py",
        "said.id for said in pins if reader.read_pin(said.text)}",
        "said.id for said in pins if False}",
        SAID,
    ),
    (
        "S6: a total without delivery says so",
        "responders/selling/showing.py",
        'key = "line_bare" if alone else "line"',
        'key = "line"',
        ORDERS,
    ),
    (
        "S6: who is to pay for delivery is told so before they agree",
        "responders/selling/closing.py",
        '        talk.say("delivery_agreed")\n        return\n',
        "        return\n",
        ORDERS,
    ),
)
