"""Signs a request as S3 wants it: AWS Signature Version 4; pure (decision 0017)."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple
from urllib.parse import quote

from yarl import URL

ALGORITHM = "AWS4-HMAC-SHA256"
EMPTY_SHA256 = hashlib.sha256(b"").hexdigest()


class Access(NamedTuple):
    """An access key, and the region in which it is used."""

    key_id: str
    secret: str
    region: str


def signed(
    access: Access,
    method: str,
    url: URL,
    headers: Mapping[str, str],
    *,
    sha256: str,
    now: datetime,
) -> dict[str, str]:
    """The headers that make one request to S3 ours: those given, and the proof.

    Args:
        access: with which key.
        method: of HTTP.
        url: whole, without a query.
        headers: their names in lower case; all of them are signed.
        sha256: of the body, in hexadecimal digits.
        now: in UTC; S3 refuses a clock that is wrong by more than 15 minutes.

    Source: AWS, "Authenticating Requests (AWS Signature Version 4)".
    """
    stamp, day = f"{now:%Y%m%dT%H%M%SZ}", f"{now:%Y%m%d}"
    whole = {
        **headers,
        "host": url.host_port_subcomponent or "",
        "x-amz-content-sha256": sha256,
        "x-amz-date": stamp,
    }
    names = ";".join(sorted(whole))
    lines = "".join(f"{name}:{whole[name].strip()}\n" for name in sorted(whole))
    path = quote(url.path, safe="/~")
    asked = f"{method}\n{path}\n\n{lines}\n{names}\n{sha256}"
    scope = f"{day}/{access.region}/s3/aws4_request"
    digest = hashlib.sha256(asked.encode()).hexdigest()
    proof = _mac(_key(access, day), f"{ALGORITHM}\n{stamp}\n{scope}\n{digest}").hex()
    del whole["host"]  # the client writes it
    whole["authorization"] = (
        f"{ALGORITHM} Credential={access.key_id}/{scope}, SignedHeaders={names}, Signature={proof}"
    )
    return whole


def _key(access: Access, day: str) -> bytes:
    key = b"AWS4" + access.secret.encode()
    for part in (day, access.region, "s3", "aws4_request"):
        key = _mac(key, part)
    return key


def _mac(key: bytes, words: str) -> bytes:
    return hmac.digest(key, words.encode(), "sha256")
