"""Everything that can happen on a WhatsApp phone, in the order of the page's menu."""

from __future__ import annotations

from hudhud.simulator.providers import everyday
from hudhud.simulator.providers.declared import Field, Kind, Words
from hudhud.simulator.providers.everyday import CAPTION, ID, MESSAGE, TITLE
from hudhud.simulator.providers.whatsapp import shapes

YES_NO: dict[str, Words] = {"yes": ("نعم", "Yes"), "no": ("لا", "No")}
CODE = Field(name="code", label=("رمز الخطأ", "Error code"), value="131026")
NEW_USER_ID = Field(name="new_user_id", label=("المعرّف الجديد", "New user id"))

# What any message may carry: `context` and `referral` of PLATFORM_FACTS part 2.
MANNERS = (
    Field(
        name="forwarded",
        label=("محوّلة", "Forwarded"),
        choices={
            "": ("لا", "No"),
            "once": ("نعم", "Yes"),
            "often": ("مرات كثيرة", "Many times"),
        },
    ),
    Field(name="asked_product", label=("يسأل عن منتج", "Asks about product")),
    Field(name="ad", label=("جاء من إعلان", "Came from the ad")),
    Field(name="group", label=("في مجموعة", "In group")),
)

KINDS: dict[str, Kind] = {
    "text": Kind(label=("نص", "Text"), icon="text", shape=shapes.text),
    "image": everyday.image(shapes.media("image"), CAPTION),
    "video": everyday.video(shapes.media("video"), CAPTION),
    "audio": Kind(
        label=("صوت", "Audio"),
        icon="audio",
        shape=shapes.media("audio"),
        fields=(
            Field(name="voice", label=("رسالة صوتية", "Voice note"), value="yes", choices=YES_NO),
        ),
    ),
    "document": everyday.document(shapes.media("document")),
    "sticker": everyday.sticker(shapes.media("sticker")),
    "location": everyday.place(shapes.location),
    "contacts": everyday.card(shapes.contacts),
    "order": Kind(
        label=("سلة طلب", "Order"),
        icon="basket",
        shape=shapes.order,
        fields=(
            Field(name="id", label=("رمز المنتج", "Product code"), value="SKU-1"),
            Field(name="quantity", label=("العدد", "Quantity"), value="2"),
            Field(name="price", label=("السعر", "Price"), value="100"),
            Field(name="currency", label=("العملة", "Currency"), value="SAR"),
            Field(name="catalog_id", label=("الكتالوج", "Catalogue"), value="1"),
            Field(name="text", label=("ملاحظة", "Note")),
        ),
    ),
    "button_reply": Kind(
        label=("زر", "Button"),
        icon="press",
        group="answer",
        shape=shapes.reply("button_reply"),
        fields=(TITLE, ID),
    ),
    "list_reply": Kind(
        label=("صف من قائمة", "List row"),
        icon="list",
        group="answer",
        shape=shapes.reply("list_reply"),
        fields=(TITLE, ID, Field(name="description", label=("الوصف", "Description"))),
    ),
    "flow_reply": Kind(
        label=("نموذج معبّأ", "Filled form"),
        icon="form",
        group="answer",
        shape=shapes.flow_reply,
        fields=(Field(name="text", label=("الجواب", "Answer"), value="الأحد"), ID),
    ),
    "button": Kind(
        label=("زر قالب", "Template button"),
        icon="press",
        group="answer",
        shape=shapes.button,
        fields=(TITLE, ID),
    ),
    "call_permission": Kind(
        label=("إذن اتصال", "Call permission"),
        icon="phone",
        group="answer",
        shape=shapes.call_permission,
        fields=(
            Field(
                name="response",
                label=("الجواب", "Answer"),
                value="accept",
                choices={"accept": ("نعم", "Yes"), "reject": ("لا", "No")},
            ),
        ),
    ),
    "reaction": everyday.reaction(shapes.reaction),
    "edit": everyday.edit(shapes.edit),
    "revoke": everyday.revoke(shapes.revoke),
    "request_welcome": Kind(
        label=("فتح المحادثة", "Opened the chat"),
        icon="wave",
        group="event",
        shown="note",
        shape=shapes.welcome,
    ),
    "unsupported": Kind(
        label=("غير مدعومة", "Unsupported"),
        icon="what",
        group="event",
        shape=shapes.unsupported,
        fields=(Field(name="text", label=("النوع", "Type"), value="poll"),),
    ),
    "failed_media": Kind(
        label=("ملف تعذّر", "Failed file"),
        icon="what",
        group="event",
        shape=shapes.failed_media,
    ),
    "number_change": Kind(
        label=("غيّر رقمه", "Changed number"),
        icon="phone",
        group="event",
        shown="note",
        place="system",
        shape=shapes.number_change,
        fields=(Field(name="new_wa_id", label=("الرقم الجديد", "New number")),),
    ),
    "user_id_change": Kind(
        label=("تغيّر معرّفه", "User id changed"),
        icon="person",
        group="event",
        shown="note",
        place="system",
        shape=shapes.user_id_change,
        fields=(NEW_USER_ID,),
    ),
    "identity_change": Kind(
        label=("تغيّر جهازه", "Identity changed"),
        icon="person",
        group="event",
        shown="note",
        place="system",
        shape=shapes.identity_change,
    ),
    "user_id_update": Kind(
        label=("تحديث معرّف", "User id update"),
        icon="person",
        group="event",
        shown="",
        is_message=False,
        place="user_id_update",
        shape=shapes.user_id_update,
        fields=(NEW_USER_ID,),
    ),
    "echo": Kind(
        label=("ردّ صاحب المتجر من هاتفه", "The owner answers from his phone"),
        icon="shop",
        group="event",
        shown="theirs",
        is_message=False,
        place="message_echoes",
        shape=shapes.text,
        fields=(Field(name="text", label=("النص", "Text"), value="أنا صاحب المتجر"),),
    ),
    "status": Kind(
        label=("إشعار تسليم", "Status"),
        icon="tick",
        group="event",
        about="theirs",
        shown="",
        is_message=False,
        place="statuses",
        shape=shapes.status,
        fields=(
            Field(
                name="status",
                label=("الحالة", "Status"),
                value="read",
                choices={
                    "sent": ("أُرسلت", "Sent"),
                    "delivered": ("وصلت", "Delivered"),
                    "read": ("قُرئت", "Read"),
                    "played": ("سُمعت", "Played"),
                    "failed": ("فشلت", "Failed"),
                    "deleted": ("حُذفت", "Deleted"),
                },
            ),
            CODE,
            Field(name="category", label=("فئة السعر", "Price category"), value="service"),
            Field(name="billable", label=("بأجر", "Billable"), value="no", choices=YES_NO),
            MESSAGE,
        ),
    ),
    "error": Kind(
        label=("خطأ في الحساب", "Account error"),
        icon="warning",
        group="event",
        shown="",
        is_message=False,
        place="errors",
        shape=shapes.error,
        fields=(CODE,),
    ),
    "field": Kind(
        label=("أي إشعار آخر", "Any other field"),
        icon="form",
        group="event",
        shown="",
        is_message=False,
        place="field",
        shape=shapes.any_field,
        fields=(
            Field(name="field", label=("الموضوع", "Field"), value="account_update"),
            Field(name="text", label=("القيمة (JSON)", "Value (JSON)"), value="{}"),
        ),
    ),
}
