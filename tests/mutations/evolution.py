"""Evolution API: each rule taken out once by `mutants.py`.

Each: the rule, its file, what stands there, what instead, and the tests that must turn red.
"""

from __future__ import annotations

CHANNEL = "channels/evolution"
TESTS = "tests/channels/test_evolution.py"
HEARD = "tests/store/sends/test_sends_heard_of.py"

RULES = (
    (
        "S9: no key of the instance is logged or stored",
        f"{CHANNEL}/redaction.py",
        'key: "" if key.lower() in _SECRET else',
        'key: "" if key in ("token",) else',
        TESTS,
    ),
    (
        "S9: a body that is cut loses its key too",
        f"{CHANNEL}/redaction.py",
        """return _IN_BYTES.sub(rb'\\1""', body)""",
        "return body",
        TESTS,
    ),
    (
        "law 5: a 400 that says nothing of the body may have left",
        f"{CHANNEL}/calling.py",
        "    return SendUnknownError(detail)",
        "    return SendRejectedError(detail, retry=True)",
        TESTS,
    ),
    (
        "law 5: a 201 around an error is a failure",
        f"{CHANNEL}/calling.py",
        "if status in STATUS_SUCCESS and not _is_error(read):",
        "if status in STATUS_SUCCESS:",
        TESTS,
    ),
    (
        "law 5: nothing is begun while the phone is not linked",
        f"{CHANNEL}/sending.py",
        'if state and state != "open":',
        'if state == "nowhere":',
        TESTS,
    ),
    (
        "trap 16: an unknown send keeps the id that it has if it left",
        "core/delivery.py",
        'external_id=getattr(error, "external_id", None),',
        "external_id=None,",
        "tests/core/test_retry.py",
    ),
    (
        "trap 16: what left is known by its words only in its own conversation",
        "store/schema/functions/unsettled_sends.sql",
        "and m.body = told.words",
        "and true",
        HEARD,
    ),
    (
        "law 2: a webhook that comes again while we are down keeps its proof",
        f"{CHANNEL}/proof.py",
        "now_s - LATE_S - LEEWAY_S < ends",
        "now_s - LEEWAY_S < ends",
        TESTS,
    ),
)
