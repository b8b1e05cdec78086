"""Evolution API: what is read, believed, stored and sent (PLATFORM_FACTS part 9)."""

from __future__ import annotations

import base64
import hmac
import json
import re
import time
from pathlib import Path
from typing import Any

import msgspec
import pytest
from whatsapp_provider import answer, provider

from hudhud.channels import evolution
from hudhud.channels.evolution.proof import is_signed
from hudhud.core.intake.routing import kept
from hudhud.errors import (
    SendNotMadeError,
    SendRejectedError,
    SendUnknownError,
    UnreadableWebhookError,
)
from hudhud.model import Alias, Attachment, Choice, Menu, Outgoing, Reaction, Section

PAYLOADS = Path(__file__).resolve().parents[2].parent / "shared" / "payloads"
OPTIONS = evolution.Options(
    instance_name="shop 1".replace(" ", "-"),
    api_url="http://127.0.0.1:9",
    apikey="KEY-OF-THE-INSTANCE",
    webhook_secret="HEADER-SECRET",
    jwt_key="JWT-KEY",
)
SARA = "9647701112233"
OUT = Outgoing(to=Alias("phone", SARA), text="أهلا", tag="o-1-1")


def webhook(event: str, data: Any, **more: Any) -> bytes:
    around = {"instance": "shop-1", "apikey": OPTIONS.apikey, "server_url": "http://u:p@evo"}
    return json.dumps({"event": event, "data": data, **around, **more}).encode()


def said(message: Any, *, jid: str = f"{SARA}@s.whatsapp.net", **key: Any) -> dict[str, Any]:
    named = {"remoteJid": jid, "fromMe": False, "id": "A1", **key}
    return {"key": named, "pushName": "سارة", "messageTimestamp": 1763700000, "message": message}


def one(message: Any, **key: Any) -> Any:
    (read,) = evolution.parse(webhook("messages.upsert", said(message, **key))).messages
    return read


@pytest.mark.parametrize("event", ["messages.upsert", "MESSAGES_UPSERT", "messages-upsert"])
@pytest.mark.parametrize("wrap", [lambda d: d, lambda d: [d], lambda d: {"messages": [d]}])
@pytest.mark.clause("9.body")
def test_both_spellings_and_every_shape_of_data_are_read(event, wrap):
    body = webhook(event, wrap(said({"conversation": "كم؟"})))
    (read,) = evolution.parse(body).messages
    assert (read.text, read.account, read.name, read.wakes) == ("كم؟", "shop-1", "سارة", True)
    assert read.aliases == (Alias("phone", SARA),)


@pytest.mark.clause("9.jids")
def test_one_person_under_two_ids_has_both_names():
    both = (Alias("phone", SARA), Alias("wa_lid", "555"))
    alt = f"{SARA}@s.whatsapp.net"
    for other in ("remoteJidAlt", "senderPn"):
        assert one({"conversation": "x"}, jid="555@lid", **{other: alt}).aliases == both
    swapped = one(
        {"conversation": "x"}, previousRemoteJid="555@lid", jid=f"{SARA}:7@s.whatsapp.net"
    )
    assert swapped.aliases == both


@pytest.mark.parametrize(
    ("jid", "reason"),
    [
        ("1-2@g.us", "field:group"),
        ("status@broadcast", "field:broadcast"),
        ("1@newsletter", "field:newsletter"),
    ],
)
@pytest.mark.clause("9.jids")
def test_crowds_are_noted_and_never_a_conversation(jid, reason):
    parsed = evolution.parse(webhook("messages.upsert", said({"conversation": "x"}, jid=jid)))
    assert parsed.messages == ()
    assert [missed.reason for missed in parsed.unread] == [reason]


@pytest.mark.clause("9.from_me")
@pytest.mark.clause("9.sent")
def test_what_the_owner_wrote_is_an_echo_and_what_we_sent_is_a_status():
    echo = one({"conversation": "أنا معك"}, fromMe=True)
    assert (echo.direction, echo.note, echo.wakes, echo.name) == ("out", "echo", False, "")
    parsed = evolution.parse(webhook("send.message", said({"conversation": "x"}, fromMe=True)))
    assert parsed.messages == ()
    (status,) = parsed.statuses
    assert (status.external_id, status.status, status.words) == ("A1", "sent", "x")
    assert status.to == (Alias("phone", SARA),)


@pytest.mark.parametrize(
    ("message", "kind", "text", "note"),
    [
        ({"ephemeralMessage": {"message": {"conversation": "y"}}}, "text", "y", None),
        ({"extendedTextMessage": {"text": "z"}}, "text", "z", None),
        ({"imageMessage": {"caption": "c"}, "base64": "AAAA"}, "image", "c", None),
        (
            {"documentWithCaptionMessage": {"message": {"documentMessage": {"caption": "d"}}}},
            "document", "d", None,
        ),
        ({"locationMessage": {"name": "بيت"}}, "location", "بيت", None),
        ({"listResponseMessage": {"title": "L"}}, "interactive", "L", None),
        ({"reactionMessage": {"key": {"id": "M"}, "text": "👍"}}, "reaction", "👍", "reaction"),
        ({"reactionMessage": {"key": {"id": "M"}, "text": ""}}, "reaction", "", "reaction_removed"),
        ({"protocolMessage": {"type": "REVOKE", "key": {"id": "M"}}}, "revoke", "", "revoke"),
        (
            {"editedMessage": {"message": {"protocolMessage": {
                "type": 14, "key": {"id": "M"}, "editedMessage": {"conversation": "new"}}}}},
            "edit", "new", "edit",
        ),
        ({"neverSeenMessage": {}}, "unknown", "", None),
    ],
)  # fmt: skip
@pytest.mark.clause("9.upsert")
def test_every_type_is_read(message, kind, text, note):
    read = one(message)
    assert (read.kind, read.text, read.note, read.wakes) == (kind, text, note, note is None)
    assert note is None or read.reply_to == "M"
    assert b"AAAA" not in msgspec.json.encode(read)


def test_a_file_is_named_so_that_it_can_be_asked_for():
    (file,) = one({"audioMessage": {"ptt": True, "mimetype": "audio/ogg"}}).attachments
    assert (file.kind, file.voice, file.mime) == ("audio", True, "audio/ogg")
    assert json.loads(file.source)["id"] == "A1"


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (
            {"keyId": "A1", "messageId": "row", "fromMe": True, "status": "DELIVERY_ACK"},
            "delivered",
        ),
        ({"key": {"id": "A1", "fromMe": True}, "update": {"status": 4}}, "read"),
        ({"key": {"id": "A1", "fromMe": True}, "status": 0}, "failed"),
    ],
)
def test_statuses_by_name_and_number(data, status):
    (read,) = evolution.parse(webhook("messages.update", data)).statuses
    assert (read.external_id, read.status) == ("A1", status)


@pytest.mark.clause("9.body")
def test_no_key_survives_redaction_and_it_parses_the_same():
    body = webhook(
        "messages.upsert",
        said({"imageMessage": {"caption": "c"}, "base64": "QUJD"}),
        token="T-SECRET",
    )
    stored = kept("evolution", body)
    assert stored is not None
    for secret in (OPTIONS.apikey, "u:p@evo", "T-SECRET", "QUJD"):
        assert secret.encode() not in stored
    assert evolution.parse(stored) == evolution.parse(body)
    for end in range(len(body)):
        assert OPTIONS.apikey.encode() not in (evolution.redacted(body[:end]) or b""), end
    assert kept("whatsapp", body) is body


@pytest.mark.parametrize(
    "event",
    ["CHATS_UPSERT", "contacts.update", "presence.update", "QRCODE_UPDATED", "messages-set"],
)
@pytest.mark.clause("9.events")
def test_storms_are_not_stored(event):
    assert evolution.redacted(webhook(event, [{"id": "1@s.whatsapp.net"}])) is None


def token(claims: dict[str, Any], key: str = "JWT-KEY", alg: str = "HS256") -> str:
    def part(value: Any) -> str:
        return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()

    signed = f"{part({'alg': alg, 'typ': 'JWT'})}.{part(claims)}"
    digest = hmac.digest(key.encode(), signed.encode(), "sha256")
    return f"{signed}.{base64.urlsafe_b64encode(digest).rstrip(b'=').decode()}"


@pytest.mark.clause("9.proof")
def test_a_token_is_believed_only_signed_alive_and_short():
    def good(given: str) -> bool:
        return is_signed(given, "JWT-KEY", now_s=1000)

    assert good(token({"exp": 1500}))
    # Signed once, repeated for 25 minutes while we were down: refusing it now loses its message.
    assert good(token({"exp": -500}))
    assert not good(token({"exp": -900}))
    assert not good(token({"exp": 9000}))
    assert not good(token({}))
    assert not good(token({"exp": 1500}, key="other"))
    assert not good(token({"exp": 1500}, alg="none"))
    assert not good(token({"exp": 1500}).rpartition(".")[0] + ".")
    assert not good("a.b")


@pytest.mark.clause("9.proof")
def test_a_webhook_is_believed_by_any_proof_that_is_configured():
    now = int(time.time())
    assert evolution.verify(OPTIONS, b"{}", {"x-hudhud-secret": "HEADER-SECRET"})
    assert evolution.verify(
        OPTIONS, b"{}", {"authorization": f"Bearer {token({'exp': now + 300})}"}
    )
    assert not evolution.verify(OPTIONS, b"{}", {"x-hudhud-secret": "é"})
    v1 = msgspec.structs.replace(OPTIONS, version="v1", webhook_secret="", jwt_key="")
    assert evolution.verify(v1, webhook("x", {}), {})
    assert not evolution.verify(OPTIONS, webhook("x", {}), {})


def test_an_inbox_without_any_proof_is_refused():
    given = {"instance_name": "a", "api_url": "http://e", "apikey": "k"}
    with pytest.raises(msgspec.ValidationError, match="webhook_secret"):
        msgspec.convert(given, evolution.Options)


async def sending(given: bytes, *, outgoing: Outgoing = OUT, **changed: Any) -> Any:
    async with provider(LINKED, given) as (evo, http):
        options = msgspec.structs.replace(OPTIONS, api_url=evo.url, **changed)
        id_ = await evolution.send(http, options, outgoing, timeout_s=5)
        assert evo.asked[0][0] == "GET /instance/connectionState/shop-1"
        return id_, evo.asked[1:]


LINKED = answer(200, {"instance": {"instanceName": "shop-1", "state": "open"}})
MADE = answer(201, {"key": {"id": "NEW", "fromMe": True}, "status": "PENDING"})


@pytest.mark.clause("9.send")
async def test_a_text_leaves_as_each_version_wants_it():
    id_, ((line, headers, body),) = await sending(MADE)
    assert (id_, line) == ("NEW", "POST /message/sendText/shop-1")
    assert headers["apikey"] == OPTIONS.apikey
    ours = body.pop("messageId")
    assert re.fullmatch(r"3EB0[0-9A-F]{18}", ours)
    assert body == {"number": SARA, "text": "أهلا", "linkPreview": False}
    _, ((_, _, again),) = await sending(MADE)
    assert again["messageId"] != ours
    _, ((_, _, body),) = await sending(MADE, version="v1")
    assert body["textMessage"] == {"text": "أهلا"}
    assert "messageId" not in body


async def test_a_list_and_a_reaction_leave():
    menu = Menu(text="t", button="b", sections=(Section(rows=(Choice(id="1", title="r"),)),))
    assert evolution.checked(menu) == "t"
    _, ((line, _, body),) = await sending(MADE, outgoing=msgspec.structs.replace(OUT, content=menu))
    assert (line.split("/")[2], body["sections"][0]["rows"][0]["rowId"]) == ("sendList", "1")
    emoji = msgspec.structs.replace(OUT, content=Reaction(about="M", emoji="👍"))
    _, ((_, _, body),) = await sending(MADE, outgoing=emoji)
    assert body["key"] == {"remoteJid": f"{SARA}@s.whatsapp.net", "fromMe": False, "id": "M"}


@pytest.mark.parametrize(
    ("given", "error", "retry"),
    [
        (answer(201, {"error": True, "message": "no"}), SendRejectedError, False),
        (answer(201, {"error_data": {"details": "no"}, "code": 131030}), SendRejectedError, False),
        (answer(201, {"key": {"id": "X"}, "status": "ERROR"}), SendRejectedError, False),
        (answer(400, {"response": {"message": ["Invalid `prisma.x`"]}}), SendUnknownError, None),
        (
            answer(400, {"response": {"message": ["The table does not exist"]}}),
            SendUnknownError, None,
        ),
        (answer(400, {"response": {"message": ["Error: row not found"]}}), SendUnknownError, None),
        (
            answer(400, {"response": {"message": ["Error: Connection Closed"]}}),
            SendUnknownError, None,
        ),
        (answer(500, {"response": {"message": "Connection Closed"}}), SendUnknownError, None),
        (answer(400, {"response": {"message": ['say "exists":false']}}), SendUnknownError, None),
        (answer(400, {"response": {"message": [{"exists": False}]}}), SendRejectedError, False),
        (
            answer(400, {"response": {"message": [['instance requires property "text"']]}}),
            SendRejectedError, False,
        ),
        (answer(401, {"message": "Unauthorized"}), SendRejectedError, True),
        (answer(404, {"message": "no such instance"}), SendRejectedError, False),
        (answer(429, {"retryAfter": 60}), SendRejectedError, True),
        (answer(500, {}), SendUnknownError, None),
        (answer(201, {}), SendUnknownError, None),
        (b"cut", SendUnknownError, None),
    ],
)  # fmt: skip
@pytest.mark.clause("9.send")
async def test_every_ending_of_a_send_has_its_honest_name(given, error, retry):
    with pytest.raises(error) as caught:
        await sending(given)
    if error is SendUnknownError:
        assert re.fullmatch(r"3EB0[0-9A-F]{18}", caught.value.external_id)
    assert retry is None or caught.value.retry is retry
    assert OPTIONS.apikey not in str(caught.value)


@pytest.mark.parametrize(
    "given",
    [
        answer(200, {"instance": {"state": "close"}}),
        answer(200, {"instance": {"state": "connecting"}}),
        answer(500, {}),
        b"cut",
    ],
)
async def test_nothing_is_sent_while_the_phone_is_not_linked(given):
    async with provider(given) as (evo, http):
        options = msgspec.structs.replace(OPTIONS, api_url=evo.url)
        with pytest.raises(SendNotMadeError):
            await evolution.send(http, options, OUT, timeout_s=5)
        assert {line for line, _, _ in evo.asked} == {"GET /instance/connectionState/shop-1"}


async def test_a_file_is_fetched_in_base64():
    given = answer(201, {"base64": base64.b64encode(b"OggS").decode(), "mimetype": "audio/ogg"})
    async with provider(given) as (evo, http):
        options = msgspec.structs.replace(OPTIONS, api_url=evo.url)
        file = Attachment(kind="audio", source='{"id":"A1"}')
        found = await evolution.locate(http, options, file, timeout_s=5)
        assert (found.data, found.mime) == (b"OggS", "audio/ogg")
        assert evo.asked[0][2] == {"message": {"key": {"id": "A1"}}}


async def test_the_check_says_that_the_phone_is_not_linked():
    async with provider(answer(200, {"instance": {"state": "close"}})) as (evo, http):
        options = msgspec.structs.replace(OPTIONS, api_url=evo.url)
        steps = await evolution.check(http, options)
    assert [(step.name, step.holds) for step in steps][-1] == ("connection", False)


@pytest.mark.skipif(not PAYLOADS.is_dir(), reason="the payloads of others are not beside it")
def test_every_payload_of_others_is_read_or_refused_and_redacted():
    files = [f for name in ("evolution", "baileys") for f in (PAYLOADS / name).rglob("*.json")]
    assert len(files) > 90
    for file in files:
        raw = file.read_bytes()
        framed = b'{"event":"messages.upsert","instance":"s","data":' + raw + b"}"
        for body in (raw, framed):
            stored = evolution.redacted(body)
            assert stored is None or b"test-api-key" not in stored, file
            try:
                evolution.parse(stored if stored is not None else body)
            except UnreadableWebhookError:
                continue
