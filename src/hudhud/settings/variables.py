"""Every variable is declared here or in endpoints.py, and nowhere else.

The reference page and `hudhud config` are made from these declarations. Secrets may come from a
file: `NAME_FILE=/path` instead of `NAME`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from hudhud.readers import (
    EMBEDDED,
    QUEUE_SCHEMES,
    breaker_policy,
    currency,
    http_headers,
    keys,
    long_secret,
    number,
    number_or_zero,
    one_of,
    origins,
    prices,
    switches,
    url,
)
from hudhud.settings.endpoints import Endpoints, _variable


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings(Endpoints):
    """Every variable of Hudhud, with its default and its meaning."""

    data_dir: Path = _variable(
        "HUDHUD_DATA_DIR",
        None,
        "Folder that holds everything: engines' data, spool, keys, backups. Default: "
        "/var/lib/hudhud as root, else ~/.local/share/hudhud.",
        Path,
    )
    database_url: str = _variable(
        "HUDHUD_DATABASE_URL",
        EMBEDDED,
        "PostgreSQL 15 or newer as the runtime role (neither owner nor superuser): postgresql://… "
        "or `embedded`. Of several servers, postgresql://USER:PASSWORD@HOST:PORT,HOST:PORT/NAME, "
        "the one that takes writes is used.",
        url("postgresql", "postgres"),
        secret=True,
    )
    migration_url: str = _variable(
        "HUDHUD_MIGRATION_URL",
        "",
        "PostgreSQL as the owner of the tables, read by `hudhud migrate` on an external database.",
        url("postgresql", "postgres"),
        secret=True,
    )
    queue_url: str = _variable(
        "HUDHUD_QUEUE_URL",
        EMBEDDED,
        "Valkey (or Redis 6.2 and newer): valkey://…, valkeys://… (TLS), redis://…, rediss://…, "
        "unix://… or `embedded`. A cluster: valkey+cluster://USER:PASSWORD@HOST:PORT,HOST:PORT "
        "(one living server of it is enough). Sentinels: valkey+sentinel://USER:PASSWORD@HOST:PORT,"
        "HOST:PORT/NAME-OF-PRIMARY, with ?sentinel_password=… where they ask for one.",
        url(*QUEUE_SCHEMES),
        secret=True,
    )
    host: str = _variable("HUDHUD_HOST", "127.0.0.1", "Address that the web process listens on.")
    port: int = _variable(
        "HUDHUD_PORT", 39417, "Port of webhooks, console and probes.", number(1, 65535)
    )
    simulator_port: int = _variable(
        "HUDHUD_SIMULATOR_PORT",
        39418,
        "Port of the phone simulator; 0 does not start it.",
        number(0, 65535),
    )
    simulator_history: str = _variable(
        "HUDHUD_SIMULATOR_HISTORY",
        "",
        "File to which the simulator appends every exchange as one JSON line, for drills; "
        "empty keeps none.",
    )
    public_url: str = _variable(
        "HUDHUD_PUBLIC_URL",
        "",
        "Address under which the providers reach this server. Default: http://HOST:PORT.",
        url("http", "https"),
    )
    worker_metrics_port: int = _variable(
        "HUDHUD_WORKER_METRICS_PORT",
        39419,
        "Port of the first worker's metrics, on loopback; the next worker takes the next port; "
        "0 serves none.",
        number(0, 65000),
    )
    web_processes: int = _variable(
        "HUDHUD_WEB_PROCESSES", 1, "Web processes to start.", number(1, 64)
    )
    worker_processes: int = _variable(
        "HUDHUD_WORKER_PROCESSES", 1, "Worker processes to start.", number(1, 64)
    )
    slots: int = _variable(
        "HUDHUD_SLOTS", 64, "Batches that one worker answers side by side.", number(1, 1024)
    )
    secret_key: str = _variable(
        "SECRET_KEY",
        "",
        "Signs sessions; at least 32 characters. `hudhud up` makes it once.",
        long_secret,
        secret=True,
    )
    encryption_key_hex: str = _variable(
        "ENCRYPTION_KEY_HEX",
        "",
        "Encrypts stored tokens; 64 hexadecimal digits. `hudhud up` makes it once. While it is "
        "being changed: NEW,OLD (see docs/secrets.md).",
        keys,
        secret=True,
    )
    body_bytes_max: int = _variable(
        "HUDHUD_BODY_BYTES_MAX",
        3 * 1024 * 1024,
        "Largest webhook body; larger is answered 413.",
        number(1024, 64 * 1024 * 1024),
    )
    accept_timeout_s: float = _variable(
        "HUDHUD_ACCEPT_TIMEOUT_S",
        1.0,
        "Seconds that PostgreSQL has to commit a webhook before it goes to the spool (law 2).",
        number(0.05, 10, float),
    )
    spool_bytes_max: int = _variable(
        "HUDHUD_SPOOL_BYTES_MAX",
        1024**3,
        "Largest spool; beyond it webhooks are answered 503.",
        number(1024**2, 1024**4),
    )
    lease_s: float = _variable(
        "HUDHUD_LEASE_S",
        60.0,
        "Seconds of one lease on a conversation; renewed while work goes on (law 3).",
        number(1, 600, float),
    )
    sweep_s: float = _variable(
        "HUDHUD_SWEEP_S",
        15.0,
        "Seconds between two sweeps for whatever was left lying (at most 30).",
        number(0.2, 30, float),
    )
    attempts_max: int = _variable(
        "HUDHUD_ATTEMPTS_MAX",
        3,
        "Attempts at one batch or one send before it is a dead letter.",
        number(1, 20),
    )
    context: str = _variable(
        "HUDHUD_CONTEXT",
        "auto",
        "How what answers need is looked up: `merged` with the claim, `side_by_side` (each look-up "
        "on a connection of its own), `one_after_another`, or `auto`: merged or side by side, by "
        "what was measured. The switch parallel_context=off is stronger.",
        one_of("auto", "merged", "side_by_side", "one_after_another"),
    )
    responder_deadline_s: float = _variable(
        "HUDHUD_RESPONDER_DEADLINE_S",
        6.0,
        "Seconds that a responder has for one batch, its one retry included in the 8 s window.",
        number(0.1, 120, float),
    )
    send_timeout_s: float = _variable(
        "HUDHUD_SEND_TIMEOUT_S",
        10.0,
        "Seconds that a provider has to take one message; after it the send is `unknown`.",
        number(0.1, 60, float),
    )
    sends_per_s: float = _variable(
        "HUDHUD_SENDS_PER_S",
        80.0,
        "Most messages that one number sends in any second; an inbox may have a rate of its own.",
        number(0.01, 10_000, float),
    )
    app_sends_per_s: float = _variable(
        "HUDHUD_APP_SENDS_PER_S",
        0.0,
        "Most messages that all numbers of one app of the provider send in any second; "
        "0: the provider names no such rate.",
        number(0, 100_000, float),
    )
    media_slots: int = _variable(
        "HUDHUD_MEDIA_SLOTS", 4, "Files that one worker fetches side by side.", number(1, 64)
    )
    media_timeout_s: float = _variable(
        "HUDHUD_MEDIA_TIMEOUT_S",
        60.0,
        "Seconds that one file may take from the first question to the last byte.",
        number(1, 600, float),
    )
    media_bytes_max: int = _variable(
        "HUDHUD_MEDIA_BYTES_MAX",
        100 * 1024 * 1024,
        "Largest file that is kept, above the limits of its type.",
        number(1024, 1024**3),
    )
    media_link_s: float = _variable(
        "HUDHUD_MEDIA_LINK_S",
        3600.0,
        "Seconds that a signed link to a file holds at least; at most twice as long.",
        number(60, 7 * 86_400, float),
    )
    media_keep_days: int = _variable(
        "HUDHUD_MEDIA_KEEP_DAYS",
        0,
        "Days after which files of conversations are deleted; the messages stay. 0 keeps them.",
        number_or_zero(1, 36_500),
    )
    template_sync_s: int = _variable(
        "HUDHUD_TEMPLATE_SYNC_S",
        21_600,
        "Seconds between two readings of an account's message templates; 0: only when asked.",
        number_or_zero(60, 604_800),
    )
    unknown_s: float = _variable(
        "HUDHUD_UNKNOWN_S",
        120.0,
        "Seconds that an unknown send waits for its status before it goes to a person (law 5).",
        number(1, 86_400, float),
    )
    keep_days: int = _variable(
        "HUDHUD_KEEP_DAYS",
        0,
        "Days after which raw webhooks, delivery statuses and the ids by which a repeated message "
        "is known are dropped, at least 30; 0 keeps them for ever. What was said stays.",
        number_or_zero(30, 36_500),
    )
    drain_s: float = _variable(
        "HUDHUD_DRAIN_S", 10.0, "Seconds that a drain may take.", number(0.5, 300, float)
    )
    llm_model: str = _variable(
        "HUDHUD_LLM_MODEL",
        "",
        "Model of the responder `llm` where an assistant names none: `openai:NAME`, "
        "`anthropic:NAME` or another provider that pydantic-ai knows.",
    )
    llm_base_url: str = _variable(
        "HUDHUD_LLM_BASE_URL",
        "",
        "Base URL of an OpenAI-compatible endpoint (vLLM, Ollama, llama.cpp…).",
        url("http", "https"),
    )
    llm_api_key: str = _variable(
        "HUDHUD_LLM_API_KEY", "", "Key of that endpoint or provider.", secret=True
    )
    history_tokens: int = _variable(
        "HUDHUD_HISTORY_TOKENS",
        800,
        "Tokens of what was said before that a model reads; what is older it reads as a summary.",
        number(100, 100_000),
    )
    llm_prices: str = _variable(
        "HUDHUD_LLM_PRICES",
        "",
        "What a million tokens read and written cost, by model, in the smallest unit of "
        "HUDHUD_SPEND_CURRENCY: openai:gpt-mini=25/200,anthropic:haiku=80/400. Others cost "
        "nothing; an assistant's options may name a price of their own.",
        prices,
    )
    spend_currency: str = _variable(
        "HUDHUD_SPEND_CURRENCY", "USD", "Currency in which models are paid (ISO 4217).", currency
    )
    spend_day_max_minor: int = _variable(
        "HUDHUD_SPEND_DAY_MAX_MINOR",
        0,
        "What each merchant may spend on models a day, in the smallest unit of that currency, "
        "where `hudhud spend limit` says nothing else; 0: no limit.",
        number(0, 10**12),
    )
    webhook_trusted: str = _variable(
        "HUDHUD_WEBHOOK_TRUSTED",
        "",
        "Origins in a private network that an inbox's own URL or a webhook may have, with commas: "
        "http://n8n:5678. All others must be public.",
        origins,
    )
    switches: str = _variable(
        "HUDHUD_SWITCHES",
        "",
        "Positions of emergency switches before anyone flipped them: ai=off,queue=on.",
        switches,
    )
    breaker: str = _variable(
        "HUDHUD_BREAKER",
        "",
        "When a breaker opens and is tried again (R1), part by part. What is not named stays as in "
        "failures=5,open_s=60,open_s_max=0,jitter=0,probes=1,window_s=60,calls_min=20,"
        "failure_share=0,slow_share=0,slow_s=5: 5 failures in a row, 60 s, one probe; no growth "
        "of the time, shares not looked at.",
        breaker_policy,
    )
    otlp_url: str = _variable(
        "HUDHUD_OTLP_URL",
        "",
        "Base URL of an OpenTelemetry collector (OTLP over HTTP, http://HOST:4318): the steps of "
        "answers and sends are told there as spans, without anybody's words. Without one, nothing.",
        url("http", "https"),
    )
    otlp_headers: dict[str, str] | None = _variable(
        "HUDHUD_OTLP_HEADERS",
        None,
        "Headers for it, as name=value,name=value: most hosted collectors want a key.",
        http_headers,
        secret=True,
    )
    otlp_share: float = _variable(
        "HUDHUD_OTLP_SHARE",
        1.0,
        "Share of the answers that it is told of, from 0 to 1; of each all spans or none.",
        number(0, 1, float),
    )
    language: str = _variable(
        "HUDHUD_LANGUAGE",
        "ar",
        "Language of the console before an operator chose one.",
        one_of("ar", "en"),
    )
    log_level: str = _variable(
        "HUDHUD_LOG_LEVEL",
        "info",
        "Least level that is logged.",
        one_of("debug", "info", "warning", "error"),
    )
    log_format: str = _variable(
        "HUDHUD_LOG_FORMAT",
        "auto",
        "`json`, `text`, or `auto`: text on a terminal, else JSON.",
        one_of("auto", "json", "text"),
    )

    @property
    def webhook_base_url(self) -> str:
        """Where providers send webhooks to; the channel and the inbox key follow."""
        return self.base_url + "/webhooks"

    @property
    def base_url(self) -> str:
        """Where this server is reached from outside; without a public address, from this host."""
        return self.public_url or f"http://{self.host}:{self.port}"

    @property
    def embedded_database(self) -> bool:
        """Whether PostgreSQL is the packaged one."""
        return self.database_url == EMBEDDED

    @property
    def embedded_queue(self) -> bool:
        """Whether Valkey is the packaged one."""
        return self.queue_url == EMBEDDED
