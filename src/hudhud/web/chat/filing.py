"""Files of a visitor: which the widget offers to take, and how large."""

from __future__ import annotations

FILE_BYTES_MAX = 25 * 1024 * 1024
ACCEPT = "image/*,audio/*,video/*,application/pdf"
