"""The conformance list: each clause of the providers' facts that we hold, and its tests.

A test of a clause stands where its subject stands and carries `@pytest.mark.clause("10.3")`. The
table below names the clauses that are held, in the numbers of PLATFORM_FACTS part 10 (`10.n`) and
of its tables (`part.row`), or of what was asked for every channel (`5.8`); a channel adds its row
and its mark together. Payloads that others captured are found beside the repository by
`mutilations.PAYLOADS`; tests over them skip without. What is the installation's (TLS), Meta's own
(tiers, prices) or a matter of speed (`make bench`) has no clause.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]
CLAUSES = {
    "1.batching": "A thousand updates of many entries, numbers and people in one webhook.",
    "1.disabled": "An account to which no app is subscribed any more is told.",
    "1.duplicates": "What is redelivered, or stands twice in one webhook, is one message.",
    "1.history": "Every raw body is kept: Meta has no way to ask for it again.",
    "1.order": "Statuses and messages in any order keep their own times.",
    "1.retries": "Anything but 200 asks Meta back; what it brings a week later wakes nobody.",
    "1.signature": "HMAC-SHA256 over the raw bytes; a former secret while it is rotated.",
    "1.size": "3 MB are read; more is refused unread.",
    "1.verification": "The challenge comes back raw, unsigned, to whoever knows the verify token.",
    "2.audio": "A voice note wakes without words.",
    "2.button": "The button of a template, with or without a context.",
    "2.contacts": "Contact cards are named.",
    "2.context": "A quote, a forwarded message, a product that was asked about.",
    "2.echo": "What the owner writes on the phone pauses the assistant.",
    "2.edit": "An edit and a revoke change what waits and mark what was answered.",
    "2.fields": "Every other field is kept raw and answered 200.",
    "2.interactive": "Buttons, rows, forms, call permissions; a body that Meta lost.",
    "2.location": "A place with its name, address and coordinates.",
    "2.media": "Each file of a message is named for whoever fetches it.",
    "2.order": "An order is told in lines.",
    "2.reaction": "A reaction and its removal are noted and wake nobody.",
    "2.referral": "An ad opens the long window.",
    "2.request_welcome": "The first opening of a chat is noted.",
    "2.system": "A change of number or of user id is told as a rename, and shown.",
    "2.template": "What becomes of a template is read: status, quality, category, words.",
    "2.text": "A text, and one of nothing but spaces and marks.",
    "2.unknown": "A type, a key or a field of tomorrow is kept whole.",
    "2.unsupported": "What Meta does not hand over is shown and not lost.",
    "3.early": "A status may come before the response of our own send.",
    "3.errors": "A failure keeps its code and words, and ends at a person.",
    "3.forward": "Forward only; a later delivered disproves failed.",
    "3.pricing": "A status keeps its price and its conversation.",
    "3.times": "Each status keeps its own time.",
    "3.unread": "A status that nobody knows is reported and costs no sibling.",
    "4.aliases": "Phone, user id and parent id are names of one contact.",
    "4.changes": "A new number or user id is the same person; its old name is nobody's.",
    "4.missing": "A message without a phone has a sender.",
    "4.recipient": "A user id is written to as recipient, never as to.",
    "5.4": "Files past no private address, checked, linked, sent, dropped; voice notes are heard.",
    "5.8": "Direction per message, pieces isolated, every script's digits where digits are typed.",
    "5.9": "Connecting is checked step by step; secrets are bound to their row, keys rotate.",
    "5.bodies": "Every kind of content leaves in Meta's own shape.",
    "5.limits": "Each limit of what leaves is refused with a sentence before anything is sent.",
    "5.quote": "A reply may quote a message.",
    "5.read": "Typing marks the message as read, too.",
    "5.tag": "Every send carries our own tag.",
    "5.unknown": "What may have left is unknown: a status or a person settles it.",
    "5.7.content": "Web chat shows files, answers to tap, cards and places, or refuses them.",
    "5.7.files": "A visitor's file is looked at, kept like any other, and named by nobody else.",
    "5.7.foreign": "The widget works on a foreign site under a strict policy, in both languages.",
    "5.7.identity": "A visitor is who we signed, and a user only whom the site signed.",
    "5.7.keyboard": "Everything goes by keyboard, with names that a screen reader says.",
    "5.7.live": "Answers arrive as they happen, or by asking where streams are held back.",
    "5.7.offline": "What is written offline waits in the page and leaves once.",
    "5.7.once": "A message posted again is the same; nobody takes another one's id.",
    "5.7.origins": "Only sites of the list may ask.",
    "5.7.pace": "A visitor and an address ask so often and no oftener.",
    "5.7.read": "What a visitor has read is a status of what was sent.",
    "5.7.resume": "A browser resumes by number and misses nothing that was under way.",
    "5.7.size": "The script is at most 15 KB packed.",
    "5.7.typing": "Each side sees the other type.",
    "6.app": "The numbers of one app share its limit.",
    "6.closed": "131047 ends at a person, with the reason.",
    "6.codes": "Each code of Meta's has its decision.",
    "6.media": "A file beyond its kind's size is refused before anything is sent.",
    "6.number": "80 a second for a number, or what its inbox says.",
    "6.pair": "One in 6 s to one person, a burst borrowed from the future, 4^X s after 131056.",
    "6.paused": "A template that Meta refused as paused is not used again until it is active.",
    "6.template": "A template that does not fit is refused with Meta's own code.",
    "7.locate": "A file is asked for by its id alone, without phone_number_id.",
    "7.refused": "Outside the window no free text leaves, and nothing written is lost.",
    "7.template": "Outside the window only a template leaves.",
    "7.window": "24 hours, and 72 after an ad.",
    "8.attachments": "Every attachment is named, fetched, linked or said in words.",
    "8.echo": "Our own echo is matched and pauses nothing; the owner's pauses the assistant.",
    "8.envelope": "Every event of every entry, under messaging, standby or changes.",
    "8.limits": "Parts, files and buttons within the limits of Instagram and of Messenger.",
    "8.message": "A message with all that it may carry: quick reply, story, ad, deletion.",
    "8.other": "Postbacks, reactions, reads, referrals and the turns of another app.",
    "8.retry": "What Meta brings again for 36 hours is one message.",
    "8.story": "A story is kept as its address and never fetched.",
    "8.window": "24 hours for everybody, 7 days for a person, with the human-agent tag.",
    "6.evolution": "A linked phone writes no faster than one message in half a second.",
    "9.body": "Both spellings, every shape of data, by-event addresses; its keys are kept nowhere.",
    "9.events": "Every event is read, noted, or counted as a storm; a lost phone is an alarm.",
    "9.from_me": "What the owner writes on the linked phone pauses the assistant.",
    "9.identity": "The same id on two instances is two messages.",
    "9.jids": "A hidden id is a name of the same contact; crowds are nobody.",
    "9.proof": "No signature: a secret header, a short token, v1's own key; anything else is 401.",
    "9.retry": "Our own trouble is 5xx and comes again; a 4xx would be its last try.",
    "9.send": "Each deed of v2 and v1 with the apikey; every ending has its honest name.",
    "9.sent": "`send.message` is our own, and settles what nobody answered.",
    "9.set": "The webhook is set with our proof, for both releases.",
    "9.upsert": "Every type of message is read; what nobody knows is shown to a person.",
    "10.1": "A webhook of 1000 updates of two numbers: every row once, one 200.",
    "10.2": "The same webhook fifty times at once, and a week later: one row, one reply.",
    "10.3": "A signature over raw bytes with Arabic letters and with their escapes.",
    "10.4": "Whoever wrote without a phone and later with one is one contact.",
    "10.5": "A status before its send's response, read before sent, delivered after failed.",
    "10.6": "Edit, revoke, reaction removal, unsupported, value-level errors: shown, never waking.",
    "10.7": "The window runs on Meta's stamp, however late the webhook comes.",
    "10.8": "An entry with events of two people; echoes and a story mention, by its address only.",
    "10.9": "One address on two instances is two conversations; the owner pauses the assistant.",
    "10.10": "No part of a long Arabic reply is over its limit, cut between graphemes.",
}


@pytest.fixture(scope="module")
def held() -> dict[str, list[str]]:
    found = defaultdict(list)
    for file in TESTS.glob("**/test_*.py"):
        for test in ast.walk(ast.parse(file.read_bytes())):
            for mark in getattr(test, "decorator_list", ()):
                if ast.unparse(mark).startswith("pytest.mark.clause("):
                    found[mark.args[0].value].append(test.name)
    return found


def test_every_clause_of_the_table_has_a_test(held):
    assert {clause for clause in CLAUSES if clause not in held} == set()


def test_every_test_of_a_clause_names_one_of_the_table(held):
    assert set(held) - set(CLAUSES) == set()
