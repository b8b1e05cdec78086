"""Examples beside rules: each promise of the second opinion, taken out once by `mutants.py`."""

from __future__ import annotations

ASKED = "tests/responders/test_responder_catalogue.py"
TAKEN = "tests/responders/selling/test_orders_taken_up.py"
SILENT = "tests/responders/selling/test_orders_never_silent.py"
LEARNT = "tests/responders/examples/test_examples.py"
MATCHED = "tests/responders/test_responder_matching.py"
BEYOND_DOUBT = APART = "tests/responders/examples/test_unmistakable.py"
METRES = "tests/responders/selling/test_order_counting.py"
SUBJECTS = "tests/responders/examples/test_subjects.py"

RULES = (
    (
        "S7: a row is told for its subject only above its margin",
        "responders/matching.py",
        "if like and like.lead >= margins.least(found, reading, rows, fit, like.rows):",
        "if like:",
        MATCHED,
    ),
    (
        "S7: a narrower subject is answered by its own row first",
        "responders/examples/rows.py",
        "if name not in held and one.within in held:",
        "if one.within in held:",
        SUBJECTS,
    ),
    (
        "S7: what was not understood is asked about once before a person is called",
        "responders/catalogue.py",
        "elif self.hand_over or plainly or examples.asked_already(self.turn):",
        "elif True:",
        ASKED,
    ),
    (
        "S7: who is not understood once more is given to a person",
        "responders/catalogue.py",
        "elif self.hand_over or plainly or examples.asked_already(self.turn):",
        "elif self.hand_over or plainly:",
        ASKED,
    ),
    (
        "law 6: whatever is said is answered",
        "responders/catalogue.py",
        "            self._break_silence()\n",
        '            return Answer(noted="acknowledgement", collected=collected)\n',
        SILENT,
    ),
    (
        "S6: who takes what was shown takes it with nothing left over",
        "responders/selling/taking.py",
        "return bool(numbers or told & _TAKES or trait)",
        "return bool(numbers)",
        TAKEN,
    ),
    (
        "S7: no raw name of a topic is offered to a customer",
        "responders/examples/unread.py",
        "for faq in turn.faqs if phrases.names_topic(faq.topic))",
        "for faq in turn.faqs)",
        ASKED,
    ),
    (
        "S7: a likeness calls a person only above its margin",
        "responders/examples/hearing.py",
        "return _calling(told, like.kind) if like.margin >= from_here else told",
        "return _calling(told, like.kind)",
        LEARNT,
    ),
    (
        "S7: what came from us and went wrong calls a person, without a word for trouble",
        "responders/examples/unmistakable.py",
        'return "complaint" if _went_wrong(text, told, said) else ""',
        'return ""',
        BEYOND_DOUBT,
    ),
    (
        "S7: one clause that wants a person is heard, whatever story stands around it",
        "responders/examples/hearing.py",
        "any(map(_said_apart, CLAUSE.split(text)))",
        "False",
        APART,
    ),
    (
        "S6: of what is sold by the metre metres are counted",
        "responders/selling/counting.py",
        "not (by_it or _of_wares(said, at, names))",
        "not _of_wares(said, at, names)",
        METRES,
    ),
    (
        "S7: who wants a thing calls nobody by speaking of a manager",
        "responders/examples/hearing.py",
        "if spoken_of and _only_named(text, told, like):",
        "if False:",
        LEARNT,
    ),
    (
        "S6: what was just shown is taken in the size that was asked about",
        "responders/selling/choosing.py",
        "wish.said = [*wish.said, *words(size)]",
        "pass",
        TAKEN,
    ),
    (
        "S6: a number alone takes what was just shown",
        "responders/selling/spoken_of.py",
        "return structs.replace(asked, items=(item,))",
        "return asked",
        TAKEN,
    ),
)
