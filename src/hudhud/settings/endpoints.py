"""Variables that name services outside: where files lie, who hears, who says what texts mean."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from hudhud.readers import number, url


def _variable(
    name: str, default: Any, doc: str, read: Callable[[str], Any] = str, *, secret: bool = False
) -> Any:
    meta = {"name": name, "doc": doc, "read": read, "secret": secret}
    return field(default=default, metadata=meta, repr=not secret)


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoints:
    """What is asked outside beside providers and models; empty addresses ask nobody."""

    s3_url: str = _variable(
        "HUDHUD_S3_URL",
        "",
        "Address of a bucket that speaks S3, where files are kept instead of on our own disk: "
        "https://HOST/BUCKET or https://BUCKET.HOST.",
        url("http", "https"),
    )
    s3_region: str = _variable("HUDHUD_S3_REGION", "us-east-1", "Region of that bucket.")
    s3_key_id: str = _variable("HUDHUD_S3_KEY_ID", "", "Id of the access key to that bucket.")
    s3_secret: str = _variable("HUDHUD_S3_SECRET", "", "Secret of that access key.", secret=True)
    hearing_url: str = _variable(
        "HUDHUD_HEARING_URL",
        "",
        "Base URL of an OpenAI-compatible endpoint that transcribes voice notes (…/v1); without "
        "one they go to a person.",
        url("http", "https"),
    )
    hearing_model: str = _variable(
        "HUDHUD_HEARING_MODEL", "whisper-1", "Model that transcribes there."
    )
    hearing_api_key: str = _variable(
        "HUDHUD_HEARING_API_KEY", "", "Key of that endpoint.", secret=True
    )
    hearing_timeout_s: float = _variable(
        "HUDHUD_HEARING_TIMEOUT_S",
        30.0,
        "Seconds that one transcription may take.",
        number(0.5, 300, float),
    )
    hearing_wait_s: float = _variable(
        "HUDHUD_HEARING_WAIT_S",
        20.0,
        "Seconds that a batch waits for the words of its voice notes before it goes to a person.",
        number(0, 300, float),
    )
    embeddings_url: str = _variable(
        "HUDHUD_EMBEDDINGS_URL",
        "",
        "Base URL of an OpenAI-compatible endpoint that says what passages of documents mean "
        "(…/v1); without one they are found by their words.",
        url("http", "https"),
    )
    embeddings_model: str = _variable(
        "HUDHUD_EMBEDDINGS_MODEL", "text-embedding-3-small", "Model that says it there."
    )
    embeddings_api_key: str = _variable(
        "HUDHUD_EMBEDDINGS_API_KEY", "", "Key of that endpoint.", secret=True
    )
    embeddings_timeout_s: float = _variable(
        "HUDHUD_EMBEDDINGS_TIMEOUT_S",
        1.0,
        "Seconds that an answer waits for what its question means; then words alone count.",
        number(0.05, 30, float),
    )
