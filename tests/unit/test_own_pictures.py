"""A picture of theirs is put on a thing; a picture of ours is asked for."""

from __future__ import annotations

import pytest

from hudhud.responders.lexicon import understood
from hudhud.text import own_pictures, search_terms, things


@pytest.mark.parametrize(
    "text", ["مخدة عليها صورة امي", "تيشيرت نطبع عليه صورة عيالي", "a pillow with our photo"]
)
def test_a_picture_of_theirs_belongs_to_the_thing(text: str) -> None:
    assert own_pictures(text)
    assert "picture" not in understood(text).meanings
    assert own_pictures(text) <= {*things(search_terms(text), own_pictures(text))}


@pytest.mark.parametrize("text", ["ممكن صورة المخدة؟", "send me a picture of the pillow"])
def test_a_picture_of_ours_is_asked_for(text: str) -> None:
    assert not own_pictures(text)
    assert "picture" in understood(text).meanings
