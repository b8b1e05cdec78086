"""Secrets, digits and direction: each rule taken out once by `mutants.py`."""

from __future__ import annotations

SECRETS = "tests/core/sealing/test_secrets.py"
ROTATION = "tests/core/sealing/test_rotation.py"
TYPED = "tests/unit/test_typed_numbers.py"
DIRECTION = "tests/unit/test_direction.py"

RULES = (
    (
        "S9: a sealed value is bound to its row",
        "core/secrets/vault.py",
        'b"|".join((VERSION, key_id.encode(), place.encode()))',
        'b"|".join((VERSION, key_id.encode(), _purpose(place).encode()))',
        SECRETS,
    ),
    (
        "S9: nothing signs for an inbox's own URL that did not lie sealed",
        "core/outside/services.py",
        'apart = ("sealed", "place", "secrets")',
        'apart = ("sealed", "place")',
        "tests/core/rehearsing/test_drafts.py",
    ),
    (
        "S9: the key that writes is the database's, not the first at hand",
        "core/secrets/sealing.py",
        'key_id=key_id_of(word) if word else ""',
        'key_id=""',
        ROTATION,
    ),
    (
        "S9: the old key stays while a row needs it",
        "core/secrets/rotation.py",
        "if left == 0 and path is not None:",
        "if path is not None:",
        ROTATION,
    ),
    (
        "S9: whoever seals holds the key until its deed ends",
        "store/sealed.py",
        "select sealed from key_check for share",
        "select sealed from key_check",
        ROTATION,
    ),
    (
        "S9: a start is refused while rows need a key that is not there",
        "core/secrets/sealing.py",
        "for key_id in needed.keys() - set(vault.key_ids):",
        "for key_id in ():",
        ROTATION,
    ),
    (
        "S9: one rotation at a time",
        "core/secrets/rotation.py",
        "if not alone:",
        "if False:",
        ROTATION,
    ),
    (
        "INTERFACE 1: every script's digits are digits",
        "text/typed.py",
        "str(unicodedata.decimal(char)) if char.isdecimal() else char",
        "char",
        TYPED,
    ),
    (
        "INTERFACE 1: the direction is the majority's, not the first letter's",
        "text/reading.py",
        'return "ltr" if left > right else "rtl"',
        'return "ltr" if "L" in classes[:1] else "rtl"',
        DIRECTION,
    ),
    (
        "INTERFACE 1: a link turns nobody's sentence",
        "text/reading.py",
        "return majority(_without(text)) or majority(text)",
        "return majority(text)",
        DIRECTION,
    ),
    (
        "a link leaves without invisible characters",
        "text/isolating.py",
        'span.kind == "link" or span.runs == runs',
        "span.runs == runs",
        DIRECTION,
    ),
)
