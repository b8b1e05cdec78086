"""A link to a file is good for that file, that part and that while, and cannot be made up."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest

from hudhud.core.media.links import Links, Named
from hudhud.errors import LinkExpiredError, NotFoundError

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
FILE = uuid.uuid4()
LINKS = Links("a-secret-that-is-long-enough-for-anybody", hold_s=3600, base_url="https://x.test")


def proved(link: str, now: datetime = NOW, links: Links = LINKS, **changed: str) -> Named:
    parts = urlsplit(link)
    query = dict(parse_qsl(parts.query)) | changed
    return links.proved(parts.path.rpartition("/")[2], query, now)


def test_a_link_leads_to_its_file_and_part():
    assert proved(LINKS.to(7, FILE, NOW))[:3] == (7, FILE, "file")
    assert proved(LINKS.to(7, FILE, NOW, part="small"))[:3] == (7, FILE, "small")
    assert LINKS.outside(7, FILE, NOW) == "https://x.test" + LINKS.to(7, FILE, NOW)


@pytest.mark.clause("5.4")
def test_it_holds_for_its_while_and_no_longer():
    link = LINKS.to(7, FILE, NOW)
    assert proved(link, NOW + timedelta(seconds=3600))
    with pytest.raises(LinkExpiredError):
        proved(link, NOW + timedelta(seconds=7200))


def test_a_page_that_is_drawn_again_says_the_same_link():
    assert LINKS.to(7, FILE, NOW) == LINKS.to(7, FILE, NOW + timedelta(minutes=59))


@pytest.mark.clause("5.4")
@pytest.mark.parametrize(
    "changed",
    [
        {"of": "8"},
        {"part": "small"},
        {"until": "99999999999"},
        {"proof": ""},
        {"proof": "x" * 43},
        {"proof": "\ud800"},
        {"of": "-7"},
        {"until": "1e9"},
        {"of": "٧"},
    ],
)
def test_nothing_of_it_can_be_changed(changed):
    with pytest.raises(NotFoundError):
        proved(LINKS.to(7, FILE, NOW), **changed)


def test_another_file_or_another_installation_is_not_reached_by_it():
    link = LINKS.to(7, FILE, NOW)
    with pytest.raises(NotFoundError):
        proved(link.replace(FILE.hex, uuid.uuid4().hex))
    with pytest.raises(NotFoundError):
        proved(link, links=Links("another-secret-that-is-long-enough-too", hold_s=3600))
    with pytest.raises(NotFoundError):
        proved(link.replace(FILE.hex, str(FILE)))
