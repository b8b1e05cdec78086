"""Everything that can happen on a phone that writes to an instance, in the order of the menu."""

from __future__ import annotations

from hudhud.simulator.providers import everyday
from hudhud.simulator.providers.declared import Field, Kind
from hudhud.simulator.providers.everyday import CAPTION, ID, TITLE
from hudhud.simulator.providers.evolution import shapes

# Under which id the customer is seen, and in which crowd.
MANNERS = (
    Field(
        name="ids",
        label=("يظهر باسم", "Seen as"),
        choices={
            "": ("رقمه", "Phone"),
            "lid": ("معرّف خفي", "Hidden id"),
            "lid_and_phone": ("الخفي ومعه الرقم", "Hidden id, phone beside it"),
            "phone_and_lid": ("الرقم ومعه الخفي", "Phone, hidden id beside it"),
        },
    ),
    Field(name="group", label=("في مجموعة", "In group")),
)


KINDS: dict[str, Kind] = {
    "text": Kind(
        label=("نص", "Text"),
        icon="text",
        shape=shapes.text,
        fields=(
            Field(
                name="plain",
                label=("شكله", "Its shape"),
                choices={
                    "": ("بسيط", "conversation"),
                    "no": ("موسّع", "extendedTextMessage"),
                },
            ),
        ),
    ),
    "image": everyday.image(shapes.media("image"), CAPTION),
    "video": everyday.video(shapes.media("video"), CAPTION),
    "audio": Kind(label=("رسالة صوتية", "Voice note"), icon="audio", shape=shapes.media("audio")),
    "document": everyday.document(shapes.media("document")),
    "sticker": everyday.sticker(shapes.media("sticker")),
    "location": everyday.place(shapes.location),
    "contacts": everyday.card(shapes.contacts),
    "poll": Kind(
        label=("استطلاع", "Poll"),
        icon="list",
        shape=shapes.poll,
        fields=(Field(name="text", label=("السؤال", "Question"), value="غدًا؟"),),
    ),
    "button": Kind(
        label=("زر", "Button"),
        icon="press",
        group="answer",
        shape=shapes.button,
        fields=(TITLE, ID),
    ),
    "list_reply": Kind(
        label=("صف من قائمة", "List row"),
        icon="list",
        group="answer",
        shape=shapes.row,
        fields=(TITLE, ID),
    ),
    "reaction": everyday.reaction(shapes.reaction),
    "edit": everyday.edit(shapes.edit, place="messages.edited"),
    "revoke": everyday.revoke(shapes.revoke, place="messages.delete"),
    "owner": Kind(
        label=("صاحب الهاتف يكتب", "The owner writes"),
        icon="phone",
        group="event",
        shown="theirs",
        is_message=False,
        shape=shapes.owner,
        fields=(Field(name="text", label=("النص", "Text"), value="أنا معك"),),
    ),
    "story": Kind(
        label=("حالة", "Status post"),
        group="event",
        shown="note",
        is_message=False,
        shape=shapes.story,
        fields=(Field(name="text", label=("النص", "Text"), value="صباح الخير"),),
    ),
    "unknown": Kind(
        label=("نوع مجهول", "Unknown type"), icon="what", group="event", shape=shapes.unknown
    ),
    "connection": Kind(
        label=("اتصال النسخة", "Connection"),
        icon="phone",
        group="event",
        shown="",
        is_message=False,
        place="connection.update",
        shape=shapes.connection,
        fields=(
            Field(
                name="state",
                label=("الحال", "State"),
                value="close",
                choices={
                    "open": ("متصل", "Open"),
                    "connecting": ("يتصل", "Connecting"),
                    "close": ("مقطوع", "Closed"),
                },
            ),
        ),
    ),
    "contacts_storm": Kind(
        label=("سيل جهات اتصال", "Storm of contacts"),
        icon="person",
        group="event",
        shown="",
        is_message=False,
        place="contacts.upsert",
        shape=shapes.contacts_storm,
        fields=(Field(name="count", label=("العدد", "Count"), value="100"),),
    ),
    "qr_code": Kind(
        label=("رمز ربط جديد", "New QR code"),
        icon="form",
        group="event",
        shown="",
        is_message=False,
        place="qrcode.updated",
        shape=shapes.qr_code,
    ),
}
