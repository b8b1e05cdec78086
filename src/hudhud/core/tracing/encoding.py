"""Spans in OpenTelemetry's own words: its libraries are loaded when the first one is encoded."""

from __future__ import annotations

import os
import socket
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from hudhud import __version__


class Span(msgspec.Struct, frozen=True):
    """One step as a collector is told of it; ids in hexadecimal, `parent` empty for the first.

    `told` are ids, names and figures; `failed` is the name of an error or of an outcome.
    """

    trace: str
    id: str
    parent: str
    name: str
    began_ns: int
    ended_ns: int
    told: Mapping[str, Any] = {}
    failed: str | None = None


def encoded(spans: Sequence[Span]) -> bytes:
    """The body of one OTLP request, as protobuf."""
    # 18 MB and half a second that only those pay who name a collector.
    from opentelemetry.exporter.otlp.proto.common.trace_encoder import (  # noqa: PLC0415 - see above
        encode_spans,
    )
    from opentelemetry.sdk.resources import Resource  # noqa: PLC0415 - see above

    resource = Resource(
        {
            "service.name": "hudhud",
            "service.version": __version__,
            "host.name": socket.gethostname(),
            "process.pid": os.getpid(),
        }
    )
    body: bytes = encode_spans([_readable(one, resource) for one in spans]).SerializeToString()
    return body


def _readable(span: Span, resource: Any) -> Any:
    from opentelemetry.sdk.trace import ReadableSpan  # noqa: PLC0415 - see above
    from opentelemetry.trace import (  # noqa: PLC0415 - see above
        SpanContext,
        SpanKind,
        Status,
        StatusCode,
        TraceFlags,
    )

    def context(span_id: str) -> SpanContext:
        ids, sampled = (int(span.trace, 16), int(span_id, 16)), TraceFlags(TraceFlags.SAMPLED)
        return SpanContext(*ids, is_remote=False, trace_flags=sampled)

    return ReadableSpan(
        name=span.name,
        context=context(span.id),
        parent=context(span.parent) if span.parent else None,
        resource=resource,
        attributes={key: _figure(value) for key, value in span.told.items()},
        kind=SpanKind.CLIENT if span.name in {"responder", "send"} else SpanKind.INTERNAL,
        status=Status(StatusCode.ERROR, span.failed) if span.failed else Status(StatusCode.UNSET),
        start_time=span.began_ns,
        end_time=span.ended_ns,
    )


def _figure(value: Any) -> str | bool | int | float:
    return value if isinstance(value, str | bool | int | float) else str(value)
