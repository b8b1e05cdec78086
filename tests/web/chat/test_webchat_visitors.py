"""Who a visitor is: what a token proves, and what a site may vouch for."""

from __future__ import annotations

import hmac

import pytest

from hudhud.web.chat import signing, visitors
from hudhud.web.chat.visitors import RENEWED_WITHIN_S, TOKEN_S, Visitor

KEY, NOW = "a" * 64, 1_763_700_000.0


def given(user: str = "", *, inbox_id: int = 1, now_s: float = NOW, before: str = "") -> str:
    visitor = visitors.session(KEY, before, inbox_id=inbox_id, now_s=now_s, user=user)
    return visitors.token(KEY, visitor)


def who(token: str, *, inbox_id: int = 1, now_s: float = NOW, key: str = KEY) -> Visitor | None:
    return visitors.read(key, token, inbox_id=inbox_id, now_s=now_s)


@pytest.mark.clause("5.7.identity")
def test_a_token_proves_one_visitor_of_one_inbox_for_a_while():
    token = given("u1")
    found = who(token)
    assert found is not None
    assert found.user == "u1"
    assert who(token, inbox_id=2) is None
    assert who(token, now_s=NOW + TOKEN_S) is None
    assert who(token, key="b" * 64) is None


@pytest.mark.parametrize("spoiled", ["", ".", "x", "é", "A" * 2000, "e30.00"])
def test_what_we_did_not_sign_proves_nothing(spoiled: str):
    assert who(spoiled) is None
    assert who(given()[:-1] + "g") is None
    words, _, signature = given().partition(".")
    assert who(f"{words[:-1]}.{signature}") is None


def test_a_token_of_another_use_is_none():
    told = Visitor(inbox_id=1, id="v", ends_s=int(NOW) + 9)
    assert who(signing.signed(KEY, told, use="file")) is None
    assert who(signing.signed(KEY, told, use="session")) == told


@pytest.mark.clause("5.7.identity")
def test_who_signs_in_stays_and_who_comes_after_is_somebody_else():
    guest = given()
    signed_in = given("u1", before=guest)
    ids = [found.id for token in (guest, signed_in) if (found := who(token))]
    assert len(set(ids)) == 1
    for other in (given("u2", before=signed_in), given(before=signed_in)):
        found = who(other)
        assert found is not None
        assert found.id not in ids


def test_an_ended_token_is_renewed_within_its_time_only():
    token = given()
    known = who(token)
    assert known is not None
    soon = visitors.session(KEY, token, inbox_id=1, now_s=NOW + TOKEN_S + 60)
    late = visitors.session(KEY, token, inbox_id=1, now_s=NOW + TOKEN_S + RENEWED_WITHIN_S + 60)
    assert soon.id == known.id != late.id


@pytest.mark.clause("5.7.identity")
def test_a_site_vouches_with_its_secret_and_nobody_without():
    signature = hmac.digest(b"secret", b"42", "sha256").hex()
    assert visitors.vouched("secret", "42", signature)
    assert not visitors.vouched("secret", "43", signature)
    assert not visitors.vouched("other", "42", signature)
    assert not visitors.vouched("", "42", hmac.digest(b"", b"42", "sha256").hex())
    assert not visitors.vouched("secret", "\ud800", signature)
