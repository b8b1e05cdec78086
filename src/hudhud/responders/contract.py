"""The responder's contract, read out of whatever a model wrote.

Asked for is `{"response": …, "needsDataCollection": …, "requestedFields": […]}`. Models wrap it
in prose and fences, repeat it, escape it twice, break it and cut it. A readable `response` is
shown exactly once; else the prose around it; else nothing, and a person answers (S4, law 6).
A customer never sees our keys, our braces or a code fence; braces that belong to the sentence
({خصم}, prices, codes) stay.
"""

from __future__ import annotations

import re
from typing import Any

import msgspec

from hudhud.responders import loose_json

MODEL_CHARS_MAX = 32_768
FIELDS_MAX = 20
FIELD_CHARS_MAX = 64
_UNWRAP_DEPTH_MAX = 4

# What models think aloud, and calls of tools that they write as text.
_ASIDE = "think|thinking|reasoning|tool_calls?|tool_code|tool_response|function_calls?"
_ASIDES = re.compile(
    rf"<({_ASIDE})>.*?(?:</\1>|\Z)|<function=[\w.-]{{1,64}}>.*?(?:</function>|\Z)"
    r"|```tool_(?:code|call|outputs?)\b.*?(?:```|\Z)",
    re.DOTALL | re.IGNORECASE,
)
_TOKENS = re.compile(r"<\|[^|<>]{1,40}\|>|</?s>|\[/?(?:TOOL_CALLS|TOOL_RESULTS|INST)\]")
_FENCE = re.compile(
    r"(?:^[ \t]*)?(?:```|~~~)(?:[\w+-]*[ \t]*(?=\n|\Z)|json\b)?", re.IGNORECASE | re.MULTILINE
)
_OUR_KEYS = re.compile(
    r"needs_?data_?collection|requested_?fields|[\"'“”‘’]response[\"'“”‘’]\s*:", re.IGNORECASE
)
_READABLE = re.compile(r"\w|[\U0001f300-\U0001faff\u2600-\u27bf]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class Contract(msgspec.Struct, frozen=True, kw_only=True):
    """What a model decided. `response` None: nothing in its text can be shown to a customer.

    `wants_person`: it wrote `"response": null` in so many words, which is how it asks for one.
    `pictures` are what it wants shown below its text: an article number each, and a colour or "".
    """

    response: str | None = None
    needs_data_collection: bool = False
    requested_fields: tuple[str, ...] = ()
    wants_person: bool = False
    pictures: tuple[tuple[str, str], ...] = ()


def read(text: str) -> Contract:
    """Turn any model text into the contract; never raises, in time linear in the text.

    Args:
        text: the model's whole output; what lies beyond `MODEL_CHARS_MAX` is not read.
    """
    return _read(_ASIDES.sub("", _TOKENS.sub("", text[:MODEL_CHARS_MAX])), _UNWRAP_DEPTH_MAX)


def read_cut(text: str) -> Contract:
    """Read a text whose writer was stopped: only an object that is whole counts.

    A sentence that ends in its middle is shown to nobody, and what stands around it neither.

    Args:
        text: as `read`.
    """
    regions = loose_json.regions(text[:MODEL_CHARS_MAX])
    return read("\n".join(one for one in regions if loose_json.whole(one) is not None))


def _read(text: str, depth: int) -> Contract:
    inner = loose_json.unwrapped(text)
    if inner is not None and depth:
        return _read(inner, depth - 1)
    regions = loose_json.regions(text)
    # A whole object is surer than a broken one, wherever each stands.
    objects = [whole for region in regions if (whole := loose_json.whole(region)) is not None]
    declined = any("response" in a and a["response"] is None for a in map(_contract, objects) if a)
    objects += [loose_json.pieces(region) for region in regions]
    answers = [found for value in objects if (found := _contract(value)) is not None]
    response = None
    for answer in answers:
        response = response or _shown(answer.get("response"), depth)
    response = response or _presentable(loose_json.prose(text))
    chosen = next((a for a in answers if len(a) > 1), answers[0] if answers else {})
    needs = _truth(chosen.get("needsdatacollection"))
    return Contract(
        response=response,
        needs_data_collection=needs,
        requested_fields=_names(chosen.get("requestedfields")),
        wants_person=response is None and declined and not needs,
        pictures=_pictures(chosen.get("pictures")),
    )


def _contract(value: Any) -> dict[str, Any] | None:
    """The first object, outermost first, that holds one of our keys; its keys folded."""
    waiting = [value]
    # Breadth first and by index: a deep or wide answer costs its own length, not a stack.
    for found in waiting:
        if isinstance(found, dict):
            folded = {re.sub(r"[\W_]", "", str(key)).lower(): item for key, item in found.items()}
            if folded.keys() & {"response", "needsdatacollection", "requestedfields"}:
                return folded
            waiting.extend(found.values())
        elif isinstance(found, list):
            waiting.extend(found)
        elif isinstance(found, str) and found is not value and loose_json.regions(found):
            waiting.append(loose_json.whole(loose_json.regions(found)[0]))
    return None


def _shown(response: Any, depth: int) -> str | None:
    if isinstance(response, dict):
        texts = [item for item in response.values() if isinstance(item, str)]
        response = texts[0] if len(texts) == 1 else None
    elif isinstance(response, list):
        response = "\n".join(item for item in response if isinstance(item, str))
    elif isinstance(response, int | float) and not isinstance(response, bool):
        response = str(response)
    if not isinstance(response, str):
        return None
    if depth and _holds_another(response):
        return _read(response, depth - 1).response
    return _presentable(response)


def _holds_another(response: str) -> bool:
    """Whether a text holds an answer of its own; one in quotation marks («"XL"») is a sentence."""
    inner = loose_json.unwrapped(response)
    return bool(loose_json.regions(response if inner is None else inner))


def _presentable(text: str) -> str | None:
    # A lone surrogate or a NUL would poison the row that stores it (trap 8).
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "ignore")
    text = _FENCE.sub("", _CONTROL.sub("", text))  # one may hide in the other
    text = re.sub(r"\n{3,}", "\n\n", text).strip()
    if _OUR_KEYS.search(text) or not _READABLE.search(text) or text in ("null", "None", "true"):
        return None
    return text


def _truth(value: Any) -> bool:
    return value is True or str(value).strip().lower() in ("true", "yes", "1")


def _pictures(value: Any) -> tuple[tuple[str, str], ...]:
    listed = value if isinstance(value, list) else [value]
    whole = [one if isinstance(one, dict) else {"sku": one} for one in listed[:FIELDS_MAX]]
    told = [(one.get("sku"), one.get("colour", "")) for one in whole]
    texts = [(s, c if isinstance(c, str) else "") for s, c in told if isinstance(s, str)]
    return tuple((s[:FIELD_CHARS_MAX], c[:FIELD_CHARS_MAX]) for s, c in texts)


def _names(value: Any) -> tuple[str, ...]:
    if isinstance(value, dict):
        value = list(value)
    if isinstance(value, str):
        value = re.split(r"[,،;]", value)
    if not isinstance(value, list):
        return ()
    named = (item.get("name") if isinstance(item, dict) else item for item in value)
    names = (name.strip()[:FIELD_CHARS_MAX] for name in named if isinstance(name, str))
    return tuple(dict.fromkeys(name for name in names if name))[:FIELDS_MAX]
