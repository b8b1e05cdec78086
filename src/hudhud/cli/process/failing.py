"""How a command that failed ends: one sentence and an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from hudhud.errors import HudhudError

INTERRUPTED = 130


@contextmanager
def ended_in_a_sentence() -> Iterator[None]:
    """End the process with what an error says: 1 failed, 78 wrong settings, 130 interrupted.

    HUDHUD_LOG_LEVEL=debug lets the error through, with where it came from.
    """
    try:
        yield
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except Exception as error:
        if os.environ.get("HUDHUD_LOG_LEVEL") == "debug":
            raise
        if isinstance(error, HudhudError):
            sentence, code = error.sentence, error.exit_code
        else:  # its own words may quote a secret
            sentence, code = _unforeseen(error), 1
        sys.stderr.write(f"{sentence}\n")
        sys.exit(code)


def _unforeseen(error: Exception) -> str:
    return (
        f"This is a fault of Hudhud itself ({type(error).__name__}); "
        "the same command with HUDHUD_LOG_LEVEL=debug shows where."
    )
