"""Everything that can happen on a phone that writes to an instance, in the order of the menu."""

from __future__ import annotations

from hudhud.simulator.providers.declared import Field, Kind
from hudhud.simulator.providers.evolution import shapes

CAPTION = Field(name="text", label=("تعليق", "Caption"))
TITLE = Field(name="text", label=("العنوان", "Title"), value="نعم")
ID = Field(name="id", label=("المعرّف", "Id"))
MESSAGE = Field(name="message_id", label=("عن الرسالة (الأخيرة)", "About message (the latest)"))

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


def _media(kind: str, label: tuple[str, str], icon: str) -> Kind:
    return Kind(label=label, icon=icon, shape=shapes.media(kind), fields=(CAPTION,))


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
    "image": _media("image", ("صورة", "Image"), "image"),
    "video": _media("video", ("مقطع مرئي", "Video"), "video"),
    "audio": Kind(label=("رسالة صوتية", "Voice note"), icon="audio", shape=shapes.media("audio")),
    "document": Kind(
        label=("ملف", "Document"),
        shape=shapes.media("document"),
        fields=(Field(name="filename", label=("اسم الملف", "Name"), value="طلب.pdf"), CAPTION),
    ),
    "sticker": Kind(label=("ملصق", "Sticker"), icon="sticker", shape=shapes.media("sticker")),
    "location": Kind(
        label=("موقع", "Location"),
        icon="location",
        shape=shapes.location,
        fields=(
            Field(name="text", label=("الاسم", "Name"), value="البيت، حي النخيل"),
            Field(name="address", label=("العنوان", "Address")),
        ),
    ),
    "contacts": Kind(
        label=("جهة اتصال", "Contact"),
        icon="person",
        shape=shapes.contacts,
        fields=(
            Field(name="text", label=("الاسم", "Name"), value="سارة العتيبي"),
            Field(name="id", label=("الرقم", "Number"), value="966500000009"),
        ),
    ),
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
    "reaction": Kind(
        label=("تفاعل", "Reaction"),
        icon="heart",
        group="change",
        about="theirs",
        shape=shapes.reaction,
        fields=(
            Field(
                name="emoji", label=("الرمز، وفارغًا يُسحب", "Emoji; empty takes it back"), value="❤️"
            ),
            MESSAGE,
        ),
    ),
    "edit": Kind(
        label=("تعديل", "Edit"),
        icon="pen",
        group="change",
        about="mine",
        place="messages.edited",
        shape=shapes.edit,
        fields=(Field(name="text", label=("النص الجديد", "New text")), MESSAGE),
    ),
    "revoke": Kind(
        label=("حذف", "Delete"),
        icon="bin",
        group="change",
        about="mine",
        place="messages.delete",
        shape=shapes.revoke,
        fields=(MESSAGE,),
    ),
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
