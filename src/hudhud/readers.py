"""How the text of a variable is read: each reader returns the value, or says what is wrong.

What a ValueError says is shown to whoever started the program; it never repeats the text, which may
be a secret that landed in the wrong variable.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

from hudhud.text import decimal_number, typed_number, whole_number

EMBEDDED = "embedded"
_VALKEYS = ("redis", "rediss", "valkey", "valkeys")
QUEUE_SCHEMES = (
    "unix",
    *(scheme + kind for kind in ("", "+cluster", "+sentinel") for scheme in _VALKEYS),
)
SWITCH_NAMES = ("queue", "parallel_context", "ai", "intake_only", "drain")
PRICE_MAX = 1e9
# Parts of HUDHUD_BREAKER, and from what to what each may be; core/breaker.py says what they do.
BREAKER_PARTS: dict[str, tuple[float, float]] = {
    "failures": (1, 1000),
    "open_s": (0.1, 3600),
    "open_s_max": (0, 86_400),
    "jitter": (0, 1),
    "probes": (1, 100),
    "window_s": (1, 3600),
    "calls_min": (1, 100_000),
    "failure_share": (0, 1),
    "slow_share": (0, 1),
    "slow_s": (0.01, 600),
}


def number(low: float, high: float, kind: type[int | float] = int) -> Callable[[str], Any]:
    """A number from `low` to `high`, both included."""

    def read(text: str) -> int | float:
        value = whole_number(text) if kind is int else decimal_number(text)
        if not low <= value <= high:
            raise ValueError(f"must be from {low} to {high}")
        return value

    read.__doc__ = f"a number from {low} to {high}"
    return read


def number_or_zero(low: int, high: int) -> Callable[[str], int]:
    """A whole number from `low` to `high`, both included, or 0 for none."""
    within = number(low, high)

    def read(text: str) -> int:
        try:
            return 0 if whole_number(text) == 0 else int(within(text))
        except ValueError as error:
            raise ValueError(f"{error}, or 0") from None

    return read


def one_of(*words: str) -> Callable[[str], str]:
    """One of these words."""

    def read(text: str) -> str:
        if text not in words:
            raise ValueError("must be one of: " + ", ".join(words))
        return text

    return read


def url(*schemes: str) -> Callable[[str], str]:
    """A URL of one of these schemes; `embedded` too, where an engine can be."""

    def read(text: str) -> str:
        if text == EMBEDDED and "http" not in schemes:
            return text
        parts = split_url(text)
        if parts.scheme not in schemes or not (parts.netloc or parts.path):
            raise ValueError("must be a URL that begins with " + " or ".join(schemes))
        return text.rstrip("/")

    return read


def split_url(text: str) -> SplitResult:
    """The parts of a URL that may name several hosts; their ports and names are not looked at.

    Such a list is no URL's: some releases of Python refuse one with an IPv6 address in it.

    Raises:
        ValueError: it is no URL.
    """
    scheme, slashes, rest = text.partition("://")
    if not slashes:
        return urlsplit(text)
    hosts_end = min((rest.index(mark) for mark in "/?#" if mark in rest), default=len(rest))
    return urlsplit(f"{scheme}://{rest[hosts_end:]}")._replace(netloc=rest[:hosts_end])


def keys(text: str) -> str:
    """Keys of AES-256 as hexadecimal digits, separated by commas, the newest first."""
    return ",".join(_key(one.strip()) for one in text.split(","))


def _key(text: str) -> str:
    # 32 bytes; one repeated byte (all zeros) is a placeholder, not a key.
    try:
        raw = bytes.fromhex(text)
    except ValueError:
        raise ValueError("must be 64 hexadecimal digits") from None
    if len(raw) != 32 or len(set(raw)) < 8:  # noqa: PLR2004 - AES-256, and a floor of entropy
        raise ValueError("must be 64 hexadecimal digits of real randomness")
    return text


def long_secret(text: str) -> str:
    """A secret that nobody guesses."""
    if len(text) < 32:  # noqa: PLR2004 - 32 characters are the shortest random secret we accept
        raise ValueError("must be at least 32 characters")
    return text


def switches(text: str) -> str:
    """Positions of switches: `ai=off,queue=on`."""
    pairs = [pair.strip() for pair in text.split(",")]
    for pair in pairs:
        name, _, position = pair.partition("=")
        if name not in SWITCH_NAMES or position not in ("on", "off"):
            raise ValueError("must read like ai=off,queue=on; names: " + ", ".join(SWITCH_NAMES))
    return ",".join(pairs)


def http_headers(text: str) -> dict[str, str]:
    """Headers of HTTP: `x-key=secret,authorization=Bearer secret`."""
    headers = {}
    for pair in text.split(","):
        name, equals, value = (part.strip() for part in pair.partition("="))
        if not (equals and name.replace("-", "").isalnum() and value.isprintable()):
            raise ValueError("must read like name=value,name=value")
        headers[name] = value
    return headers


def breaker_policy(text: str) -> str:
    """Parts of a breaker's policy: `failures=5,open_s=60`."""
    read = []
    for pair in text.split(","):
        name, _, value = pair.strip().partition("=")
        if name not in BREAKER_PARTS:
            raise ValueError(
                "must read like failures=5,open_s=60; parts: " + ", ".join(BREAKER_PARTS)
            )
        low, high = BREAKER_PARTS[name]
        whole = name in ("failures", "probes", "calls_min")
        if not low <= (whole_number(value) if whole else decimal_number(value)) <= high:
            raise ValueError(f"{name} must be from {low} to {high}")
        read.append(f"{name}={typed_number(value)}")
    return ",".join(read)


def origins(text: str) -> str:
    """Origins of the web separated by commas: `http://n8n:5678,https://flows.local`."""
    found = []
    for one in filter(None, (one.strip().rstrip("/") for one in text.split(","))):
        parts = urlsplit(one)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.path or parts.query:
            raise ValueError("must be origins as http://n8n:5678, separated by commas")
        found.append(f"{parts.scheme}://{parts.netloc.lower()}")
    return ",".join(found)


def currency(text: str) -> str:
    """Three capital letters of ISO 4217."""
    if not (len(text) == 3 and text.isascii() and text.isupper()):  # noqa: PLR2004 - ISO 4217
        raise ValueError("must be three capital letters, as USD")
    return text


def prices(text: str) -> str:
    """Prices of a million tokens read and written by model: `openai:gpt-mini=25/200`."""
    return ",".join(f"{model}={a:g}/{b:g}" for model, (a, b) in prices_of(text).items())


def prices_of(text: str) -> dict[str, tuple[float, float]]:
    """The same by model; empty for an empty text.

    Raises:
        ValueError: it reads otherwise, or a price is below zero.
    """
    found: dict[str, tuple[float, float]] = {}
    for pair in filter(None, (pair.strip() for pair in text.split(","))):
        model, _, told = pair.rpartition("=")
        read, slash, written = told.partition("/")
        if not model or not slash:
            raise ValueError("must read like openai:gpt-mini=25/200")
        price = (decimal_number(read), decimal_number(written))
        if not all(0 <= one <= PRICE_MAX for one in price):
            raise ValueError(f"a price must be from 0 to {PRICE_MAX:.0f}")
        found[model] = price
    return found


def text_of(env: Mapping[str, str], name: str, *, secret: bool) -> str:
    """The text of a variable; a secret's may stand in the file that `NAME_FILE` names.

    Raises:
        ValueError: it is set twice, or the file cannot be read.
    """
    path = env.get(name + "_FILE", "") if secret else ""
    if not path:
        return env.get(name, "").strip()
    if env.get(name):
        raise ValueError(f"is set twice, by itself and by {name}_FILE; keep one")
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise ValueError(f"the file named by {name}_FILE cannot be read") from None


def without_value(error: ValueError) -> str:
    """What was wrong with a text, without the text."""
    sentence = str(error)
    # int("x") and float("x") quote their input; the input may be a secret.
    return (
        "must be a number" if "invalid literal" in sentence or "could not" in sentence else sentence
    )


def unknown(env: Mapping[str, str], names: Collection[str], *, prefix: str) -> list[str]:
    """A sentence for each variable with our prefix that is none of ours."""
    problems = []
    for name in sorted(env):
        if name.startswith(prefix) and name not in names:
            close = difflib.get_close_matches(name, names, n=1)
            hint = f"; did you mean {close[0]}?" if close else ""
            problems.append(f"{name}: no such variable{hint}")
    return problems
