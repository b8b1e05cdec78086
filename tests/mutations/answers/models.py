"""The rules of models, their tools and their cost, taken out one at a time (issue 6).

Each: the rule, its file, what stands there, what instead, and the tests that must turn red.
"""

from __future__ import annotations

ANSWERING = "tests/core/test_answering.py"
TOOLS = "tests/responders/test_responder_llm_tools.py"
PROMPT = "tests/responders/test_responder_prompt.py"
WEBHOOK = "tests/responders/test_responder_webhook.py"
CONTRACT = "tests/contracts/test_contract_mixtures.py"
SUMMARIES = "tests/core/summaries/test_summaries.py"
OWN_URL = "tests/core/connecting/test_own_url.py"
FAULTY = "tests/core/models/test_faulty_providers.py"

RULES = (
    (
        "spend: above the ceiling of the day nothing that costs is asked",
        "core/spending/purse.py",
        "return ceiling is not None and today.micro >= ceiling * MICRO",
        "return False",
        ANSWERING,
    ),
    (
        "spend: a call of which nothing came is paid",
        "core/answering/asking.py",
        "            if any(error.tokens):\n",
        "            if False:\n",
        ANSWERING,
    ),
    (
        "tools: what was not offered is not called",
        "responders/llm/calling.py",
        "if one.name not in self._names:",
        "if False:",
        TOOLS,
    ),
    (
        "tools: calls end",
        "responders/llm/calling.py",
        "        if self.left <= 0:\n",
        "        if False:\n",
        TOOLS,
    ),
    (
        "tools: rounds end",
        "responders/llm/talking.py",
        "last = self.rounds + 1 >= ROUNDS_MAX or self._caller.left <= 0",
        "last = False",
        TOOLS,
    ),
    (
        "prompt: words of others begin no line",
        "responders/prompt.py",
        'return json.dumps(" ".join(text.split())[:chars_max], ensure_ascii=False)',
        "return text[:chars_max]",
        PROMPT,
    ),
    (
        "S10: what is posted is signed whole",
        "responders/webhook/signing.py",
        'f"{id_}.{stamp}.".encode() + body, "sha256"',
        'f"{id_}.{stamp}.".encode(), "sha256"',
        WEBHOOK,
    ),
    (
        "S10: both secrets sign while one is changed",
        "responders/webhook/signing.py",
        "for secret in secrets]",
        "for secret in secrets[:1]]",
        WEBHOOK,
    ),
    (
        "S10: a private address is asked only where the installation names it",
        "responders/webhook/posting.py",
        "Passage(private=origin in trusted)",
        "Passage(private=True)",
        WEBHOOK,
    ),
    (
        "S10: the secret lies sealed",
        "core/connecting/own_url.py",
        "sealed = await seal(connection, vault, _place(merchant_id, inbox_id), plain)",
        "sealed = plain",
        OWN_URL,
    ),
    (
        "S4: a call that a model writes as text is not shown",
        "responders/contract.py",
        '_read(_ASIDES.sub("", _TOKENS.sub("", text[:MODEL_CHARS_MAX])), _UNWRAP',
        '_read(_TOKENS.sub("", text[:MODEL_CHARS_MAX]), _UNWRAP',
        CONTRACT,
    ),
    (
        "S4: an escape that was cut stands for nothing",
        "responders/loose_json.py",
        r"u[0-9a-fA-F]{0,3}\Z|(.)|\Z)",
        r"(.)|\Z)",
        CONTRACT,
    ),
    (
        "S4: what was cut off is shown to nobody",
        "responders/llm/answering.py",
        "contract.read_cut(text) if talk.cut else contract.read(text)",
        "contract.read(text)",
        FAULTY,
    ),
    (
        "S4: a call that was cut off is not carried out",
        "responders/llm/talking.py",
        "if not calls or last or self.cut:",
        "if not calls or last:",
        FAULTY,
    ),
    (
        "S4: who refused is not asked the same again",
        "core/answering/asking.py",
        "if not (isinstance(failure, ResponderFailedError) and failure.again):",
        "if isinstance(failure, SpendExceededError):",
        ANSWERING,
    ),
    (
        "summaries: a figure that nobody said throws one away",
        "core/summaries/making.py",
        "return sum(figure not in known for figure in figures)",
        "return 0",
        SUMMARIES,
    ),
)
