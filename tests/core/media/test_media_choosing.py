"""Which of a channel's kinds a file leaves as, and which file never leaves (PLATFORM_FACTS 6)."""

from __future__ import annotations

import pytest

from hudhud.channels import whatsapp
from hudhud.core.media.choosing import chosen
from hudhud.errors import MediaRefusedError

MIB = 1024 * 1024


@pytest.mark.clause("6.media")
@pytest.mark.parametrize(
    ("mime", "kind", "most"),
    [
        ("image/png", "image", 5 * MIB),
        ("audio/ogg", "audio", 16 * MIB),
        ("video/mp4", "video", 16 * MIB),
        ("application/pdf", "document", 100 * MIB),
    ],
)
def test_a_file_leaves_as_its_kind_up_to_metas_limit_and_then_as_a_document(mime, kind, most):
    assert chosen(whatsapp.FILES, mime, most) == kind
    if kind != "document":
        assert chosen(whatsapp.FILES, mime, most + 1) == "document"
    with pytest.raises(MediaRefusedError, match=str(100 * MIB)):
        chosen(whatsapp.FILES, mime, 100 * MIB + 1)


@pytest.mark.clause("6.media")
def test_a_picture_that_whatsapp_does_not_show_leaves_as_a_document():
    assert chosen(whatsapp.FILES, "image/webp", 10) == "document"
