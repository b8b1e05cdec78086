"""How often a visitor may ask, which sites may ask at all, and how much of it is held."""

from __future__ import annotations

from typing import Any

import pytest

from hudhud.web.chat.origins import admitted, shared
from hudhud.web.chat.pace import POSTS_OF_VISITOR, SEATS_OF_VISITOR_MAX, Pace, Seats

SITES = ("https://shop.example",)


@pytest.mark.clause("5.7.pace")
def test_a_burst_is_taken_then_one_a_second_and_others_have_their_own():
    pace, burst = Pace(), int(POSTS_OF_VISITOR.burst)
    assert [pace.wait_s(POSTS_OF_VISITOR, "a", 0.0) for _ in range(burst)] == [0.0] * burst
    assert pace.wait_s(POSTS_OF_VISITOR, "a", 0.0) == pytest.approx(1.0)
    assert pace.wait_s(POSTS_OF_VISITOR, "b", 0.0) == 0.0
    assert pace.wait_s(POSTS_OF_VISITOR, "a", 1.0) == 0.0
    assert pace.wait_s(POSTS_OF_VISITOR, "a", 1.0) > 0.0


def test_who_asks_is_forgotten_in_the_order_of_their_asking():
    pace = Pace(holders_max=2)
    for _ in range(int(POSTS_OF_VISITOR.burst)):
        pace.wait_s(POSTS_OF_VISITOR, "a", 0.0)
    assert pace.wait_s(POSTS_OF_VISITOR, "a", 0.0) > 0.0
    for other in ("b", "c"):
        pace.wait_s(POSTS_OF_VISITOR, other, 0.0)
    assert pace.wait_s(POSTS_OF_VISITOR, "a", 0.0) == 0.0


def test_seats_are_given_back_and_one_visitor_leaves_room_for_others():
    seats = Seats(seats_max=SEATS_OF_VISITOR_MAX + 1)
    held = [seats.taken("a") for _ in range(SEATS_OF_VISITOR_MAX)]
    for one in held:
        one.__enter__()
    assert seats.full("a")
    assert not seats.full("b")
    with seats.taken("b"):
        assert seats.full("c")
    held[0].__exit__(None, None, None)
    assert not seats.full("a")


@pytest.mark.clause("5.7.origins")
@pytest.mark.parametrize(
    ("headers", "let_in"),
    [
        ({"origin": "https://shop.example"}, True),
        ({"origin": "https://shop.example.evil.example"}, False),
        ({"origin": "http://shop.example"}, False),
        ({"origin": "https://shop.example:8443"}, False),
        ({"origin": "null"}, False),
        ({"sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "cross-site"}, False),
        ({}, True),
    ],
)
def test_only_sites_of_the_list_are_let_in(headers: dict[str, Any], *, let_in: bool):
    assert admitted(headers, SITES) is let_in


def test_no_answer_is_for_every_site():
    assert "access-control-allow-origin" not in shared(None)
    assert shared(SITES[0])["access-control-allow-origin"] == SITES[0]
