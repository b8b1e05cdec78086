from __future__ import annotations

import msgspec
import pytest
from whatsapp_hooks import NUMBER, OPTIONS, signed

from hudhud.channels.whatsapp import SECRETS, Options, account, challenge, verify

BODY = '{"text":"كم السعر؟"}'.encode()
ROTATING = msgspec.structs.replace(OPTIONS, app_secret="new", app_secret_previous="old")


@pytest.mark.clause("1.signature")
def test_a_true_signature_over_raw_arabic_bytes_is_believed():
    assert verify(OPTIONS, BODY, signed(BODY))


@pytest.mark.clause("10.3")
def test_the_same_json_written_with_escapes_has_another_signature():
    escaped = b'{"text":"\\u0643\\u0645"}'
    assert verify(OPTIONS, escaped, signed(escaped))
    assert not verify(OPTIONS, '{"text":"كم"}'.encode(), signed(escaped))


@pytest.mark.clause("1.signature")
@pytest.mark.parametrize("secret", ["new", "old"])
def test_both_secrets_are_believed_during_rotation(secret):
    assert verify(ROTATING, BODY, signed(BODY, secret))


def test_a_third_secret_is_never_believed():
    assert not verify(ROTATING, BODY, signed(BODY, "third"))


def test_an_empty_secret_proves_nothing():
    empty = msgspec.structs.replace(OPTIONS, app_secret="", app_secret_previous="")
    assert not verify(empty, BODY, signed(BODY, ""))
    assert not verify(OPTIONS, BODY, signed(BODY, ""))


@pytest.mark.clause("1.signature")
def test_no_header_and_every_odd_header_are_refused_without_raising():
    true = signed(BODY)["x-hub-signature-256"]
    odd = [
        "",
        "sha256=",
        true.removeprefix("sha256="),
        true.replace("sha256", "sha1"),
        "sha256=" + true.removeprefix("sha256=").upper(),
        true[:-1],
        true + " ",
        f"{true},{true}",
        true.replace("=", "=é", 1),
        "\ud800",
        "sha256=" + "0" * 64,
    ]
    assert not verify(OPTIONS, BODY, {})
    assert not any(verify(OPTIONS, BODY, {"x-hub-signature-256": header}) for header in odd)


def asked(**changed: str) -> dict[str, str]:
    given = {"mode": "subscribe", "verify_token": "verify-1", "challenge": "1158201444", **changed}
    return {f"hub.{name}": value for name, value in given.items()}


@pytest.mark.clause("1.verification")
def test_the_address_challenge_is_sent_back_as_it_came():
    assert challenge(OPTIONS, asked()) == "1158201444"


@pytest.mark.clause("1.verification")
@pytest.mark.parametrize(
    "wrong",
    [
        {"verify_token": "other"},
        {"verify_token": "رمز"},
        {"verify_token": ""},
        {"mode": "unsubscribe"},
        {"challenge": ""},
        {"challenge": "9" * 257},
    ],
)
def test_a_wrong_challenge_is_refused(wrong):
    assert challenge(OPTIONS, asked(**wrong)) is None


def test_a_challenge_with_nothing_in_it_is_refused():
    assert challenge(OPTIONS, {}) is None
    assert (
        challenge(msgspec.structs.replace(OPTIONS, verify_token=""), asked(verify_token="")) is None
    )


GIVEN = {"phone_number_id": NUMBER, "token": "t", "app_secret": "s", "verify_token": "v"}


def test_options_point_to_meta_unless_told_otherwise():
    options = msgspec.convert(GIVEN, Options)
    assert (options.api_url, options.api_version) == ("https://graph.facebook.com", "v23.0")
    assert account(options) == NUMBER


@pytest.mark.parametrize(
    "wrong",
    [
        {"phone_number_id": "1/../2"},
        {"phone_number_id": ""},
        {"token": "two\r\nlines"},
        {"token": ""},
        {"app_secret": ""},
        {"api_url": "graph.facebook.com"},
        {"api_url": "https://graph.facebook.com?x"},
        {"api_version": "v23.0/me"},
        {"colour": "blue"},
    ],
)
def test_wrong_options_are_refused_without_printing_a_secret(wrong):
    with pytest.raises(msgspec.ValidationError) as refused:
        msgspec.convert({**GIVEN, **wrong}, Options)
    assert "two" not in str(refused.value)


def test_every_secret_is_an_option():
    assert set(Options.__struct_fields__) >= SECRETS
    assert {
        name for name in Options.__struct_fields__ if "secret" in name or "token" in name
    } == SECRETS
