"""What customers say is read as they mean it: each rule taken out once.

Each: the rule, its file, what stands there, what instead, and the tests that must turn red.
"""

from __future__ import annotations

LEXICON = "tests/responders/test_responder_lexicon.py"
CLASSES = "tests/responders/meanings/test_heard_by_class.py"
CHANGED = "tests/responders/selling/test_orders_changed.py"

RULES = (
    (
        "S7: a quarter or a name that is spelled like a person calls none",
        "responders/lexicon/reading.py",
        'return ".no_person" if none else meaning',
        "return meaning",
        CLASSES,
    ),
    (
        "S6: a name asks no row, whatever letters they share",
        "responders/matching.py",
        "if not reading.said or particulars(reading):",
        "if not reading.said:",
        CLASSES,
    ),
    (
        "S6: only Latin letters that surely are Arabic are spelled out",
        "text/arabizi.py",
        "return arabic_spellings(word) if any(map(str.isdecimal, word)) else ()",
        "return arabic_spellings(word)",
        LEXICON,
    ),
    (
        "S6: what broke before it was ours is no complaint",
        "responders/lexicon/composing.py",
        'return not (".old" in parts or (supposed and asks))',
        "return True",
        LEXICON,
    ),
    (
        "S6: who contradicts changes the cart, and adds nothing",
        "responders/selling/wishes.py",
        'return "no" in done.answers or any(mark.deed == "no" for mark in clause.marks)',
        "return False",
        CHANGED,
    ),
    (
        "S6: a total that its parts follow counts nothing more",
        "responders/selling/wanted/parting.py",
        "first.counts = first.counts[1:]",
        "continue",
        "tests/responders/selling/test_orders_told_in_parts.py",
    ),
    (
        "S6: a number that is a size of the thing counts nothing before «وحدة»",
        "responders/selling/traits.py",
        "ones = unit(after) and number(after) == 1",
        "ones = False",
        "tests/responders/selling/test_orders_told_in_parts.py",
    ),
    (
        "S6: what is to stay stays, when something else is taken out",
        "responders/selling/amending/hearing.py",
        'if word in OTHER or (act == "remove" and word in ONLY):',
        "if word in OTHER:",
        "tests/responders/selling/test_cart_amended.py",
    ),
    (
        "S7: a person who is only spoken of is not called",
        "core/answering/escalating.py",
        "_read(said.text).aside or _called_so(said.text) for said in messages",
        "False for said in messages",
        "tests/core/answering/test_escalating.py",
    ),
    (
        "P5: no guess stands beside what a document surely says",
        "responders/matching.py",
        "self.rows = self.told",
        "self.rows = [*self.rows]",
        "tests/responders/test_responder_quoting.py",
    ),
)
