"""What may not leave, and what may not be published: each rule taken out once by `mutants.py`.

Each: the rule, its file, what stands there, what instead, and the tests that must turn red.
"""

from __future__ import annotations

CHECKING = "core/answering/checking"
PRICES = "tests/core/checking/test_checked_prices.py"
WORDS = "tests/core/checking/test_checked_words.py"
EVASIONS = "tests/core/checking/test_checked_evasions.py"
REHEARSING = "tests/core/rehearsing/test_rehearsing.py"
MODELS = "tests/core/rehearsing/test_rehearsing_models.py"
DRAFTS = "tests/core/rehearsing/test_drafts.py"

CALLS = "tests/core/answering/test_injected_calls.py"

RULES = (
    (
        "an order is cancelled only when its contact asks for it",
        "core/tools/buying.py",
        "    if not may_cancel(said, asked, wanted.number):\n",
        "    if False:\n",
        CALLS,
    ),
    (
        "an appointment is booked only when its contact asks for it",
        "core/tools/meeting.py",
        "    if not may_book((",
        "    if False and not may_book((",
        CALLS,
    ),
    (
        "an order is brought where its contact said",
        "core/tools/buying.py",
        "    if forged := _forged(turn, wanted):\n",
        "    if forged := _forged(turn, wanted) and []:\n",
        CALLS,
    ),
    (
        "a field is kept as its contact said it",
        "core/tools/fields.py",
        "if not theirs.field(fields[name], value)]",
        "if False]",
        "tests/core/tools/test_tools_that_sell.py",
    ),
    (
        "no price that no row has",
        f"{CHECKING}/prices.py",
        "        if not _right(piece, read.text, grounds):",
        "        if False:",
        PRICES,
    ),
    (
        "a price of another currency is another price",
        f"{CHECKING}/prices.py",
        "return fits and major(minor, currency) in amount.values",
        "return major(minor, currency) in amount.values",
        PRICES,
    ),
    (
        "nothing is in stock that is not",
        f"{CHECKING}/stock.py",
        "there if product.stock <= 0 and not gone else None",
        "None",
        PRICES,
    ),
    (
        "no discount that no text grants",
        f"{CHECKING}/discounts.py",
        "                if _number(percent[1]) not in granted:",
        "                if False:",
        PRICES,
    ),
    (
        "nothing of ours is told",
        f"{CHECKING}/leaks.py",
        "if run in rules or fact == 0 or len(facts) > (0 if asked else FACTS_MAX):",
        "if False:",
        WORDS,
    ),
    (
        "what is free is told of what is free",
        f"{CHECKING}/discounts.py",
        "and (not grant.bound or said & topic.about or",
        "and (True or",
        EVASIONS,
    ),
    (
        "a text is judged as an eye sees it",
        f"{CHECKING}/reading.py",
        "seen = [_SEEN[char] for char in text]",
        "seen = list(text)",
        EVASIONS,
    ),
    (
        "no word of two alphabets leaves",
        f"{CHECKING}/disguises.py",
        "        if word not in known:",
        "        if False:",
        EVASIONS,
    ),
    (
        "no essay of what nobody sells",
        f"{CHECKING}/scope.py",
        "(known or len(read.text) > ESSAY_CHARS_MIN)",
        "known",
        WORDS,
    ),
    (
        "no account of a stranger",
        f"{CHECKING}/others.py",
        "if figures[-PHONE_TAIL:] not in there and not _sizes(shown, sizes):",
        "if False:",
        EVASIONS,
    ),
    (
        "what customers may hear of the instructions is no leak",
        f"{CHECKING}/leaks.py",
        "number = 0 if _TELLS.search(fold(sentence)) else place",
        "number = 0",
        "tests/core/checking/test_checked_honest.py",
    ),
    (
        "no order is said to be placed that was not",
        f"{CHECKING}/promises.py",
        "if not _was_done(deed, read.text, grounds):",
        "if False:",
        WORDS,
    ),
    (
        "no link to a host that the merchant does not name",
        f"{CHECKING}/links.py",
        "if _host(link[0]) not in hosts:",
        "if False:",
        WORDS,
    ),
    (
        "nothing stands on a text that gives orders to a model",
        f"{CHECKING}/grounds.py",
        "if text and not commanding(text)",
        "if text",
        "tests/core/checking/test_injection.py",
    ),
    (
        "nothing is ordered in a turn that only asks",
        "core/tools/buying.py",
        "    if not may_agree(said.text for said in turn.messages):",
        "    if False:",
        "tests/core/answering/test_injected_calls.py",
    ),
    (
        "no tool that is not on the list",
        "core/tools/toolbox.py",
        "if handler is None or (allowed is not None and name not in allowed):",
        "if handler is None:",
        "tests/core/tools/test_tools_that_sell.py",
    ),
    (
        "a name that gives orders makes no price",
        "core/answering/checking/prices.py",
        'names = "" if commanding(said) else plain(said).text',
        "names = plain(said).text",
        "tests/core/answering/test_injected_calls.py",
    ),
    (
        "answers of models are looked over",
        f"{CHECKING}/applying.py",
        "    if grounded(turn.assistant):",
        "    if turn.assistant:",
        "tests/core/checking/test_injection.py",
    ),
    (
        "what became worse is not published",
        "core/assistants/publishing.py",
        "    if last.regressed:",
        "    if False:",
        REHEARSING,
    ),
    (
        "what nobody answered was not rehearsed",
        "core/rehearsing/result.py",
        "(bool(self.before) or self.lost)",
        "bool(self.before)",
        MODELS,
    ),
    (
        "a rehearsal that was stopped publishes nothing",
        "core/assistants/publishing.py",
        "    if last.stopped:",
        "    if False:",
        MODELS,
    ),
    (
        "what was rehearsed is what is published",
        "core/assistants/publishing.py",
        "last = await rehearsals.newest(connection, now.id, fingerprint=print_of)",
        "last = await rehearsals.newest(connection, now.id)",
        REHEARSING,
    ),
    (
        "a key of a service is part of no version",
        "core/assistants/drafting.py",
        "return {name: value for name, value in options.items() if name not in hidden}",
        "return dict(options)",
        DRAFTS,
    ),
    (
        "the installation's key goes to its own endpoint alone",
        "core/outside/services.py",
        'settings.llm_api_key if own == settings.llm_base_url else ""',
        "settings.llm_api_key",
        DRAFTS,
    ),
)
