"""Everything that can happen on a phone with Instagram or Messenger, in the order of its menu."""

from __future__ import annotations

from hudhud.simulator.providers import everyday
from hudhud.simulator.providers.declared import Field, Kind, Words
from hudhud.simulator.providers.everyday import MESSAGE, TITLE
from hudhud.simulator.providers.threads import shapes

PAYLOAD = Field(name="id", label=("الحمولة", "Payload"))
TEXT = Field(name="text", label=("النص", "Text"))
YES_NO: dict[str, Words] = {"": ("لا", "No"), "yes": ("نعم", "Yes")}
STORY = Field(
    name="url", label=("عنوان القصة", "The story's address"), value="https://cdn.example.com/s.jpg"
)
POST = Field(
    name="url",
    label=("عنوان المنشور", "The post's address"),
    value="https://www.example.com/p/1",
)

# What any message may carry: another app holds the thread, an ad opened it.
MANNERS = (
    Field(name="standby", label=("تطبيق آخر يمسك المحادثة", "Another app's turn"), choices=YES_NO),
    Field(name="ad", label=("جاء من إعلان رقم", "Came from ad number")),
)

_SAID = {
    "text": Kind(label=("نص", "Text"), icon="text", shape=shapes.text),
    "image": everyday.image(shapes.media("image", "image")),
    "video": everyday.video(shapes.media("video", "video")),
    "audio": Kind(
        label=("رسالة صوتية", "Voice note"), icon="audio", shape=shapes.media("audio", "audio")
    ),
}
_ANSWERED = {
    "quick_reply": Kind(
        label=("رد سريع", "Quick reply"),
        icon="press",
        group="answer",
        shape=shapes.quick_reply,
        fields=(TITLE, PAYLOAD),
    ),
    "postback": Kind(
        label=("زر", "Button"),
        icon="press",
        group="answer",
        shape=shapes.postback,
        fields=(TITLE, PAYLOAD),
    ),
}
# These have no id of their own: what they are about is all that Meta names.
_CHANGED = {
    "reaction": everyday.reaction(shapes.reaction, is_message=False),
    "edit": everyday.edit(shapes.edit, is_message=False),
    "revoke": everyday.revoke(
        shapes.revoke, label=("تراجع عن الإرسال", "Unsend"), is_message=False
    ),
}
_HAPPENED = {
    "read": Kind(
        label=("قرأ", "Read"),
        icon="tick",
        group="event",
        about="theirs",
        shown="",
        is_message=False,
        shape=shapes.read,
        fields=(MESSAGE,),
    ),
    "referral": Kind(
        label=("جاء من رابط", "Came by a link"),
        icon="wave",
        group="event",
        shown="",
        is_message=False,
        shape=shapes.referral,
        fields=(Field(name="text", label=("المرجع", "Reference"), value="summer"),),
    ),
    "unsupported": Kind(
        label=("غير مدعومة", "Unsupported"), icon="what", group="event", shape=shapes.unsupported
    ),
    "echo": Kind(
        label=("ردّ صاحب الحساب من التطبيق", "The owner answers in the app"),
        icon="shop",
        group="event",
        shown="theirs",
        is_message=False,
        shape=shapes.echo,
        fields=(Field(name="text", label=("النص", "Text"), value="أنا صاحب المتجر"),),
    ),
}

OF_INSTAGRAM: dict[str, Kind] = {
    **_SAID,
    "like": Kind(label=("قلب", "Heart"), icon="heart", shape=shapes.heart),
    "share": Kind(
        label=("مشاركة منشور", "Shared post"), shape=shapes.share("share"), fields=(POST,)
    ),
    "reel": Kind(label=("مقطع ريلز", "Reel"), icon="video", shape=shapes.reel, fields=(TEXT,)),
    "story_reply": Kind(
        label=("رد على قصة", "Story reply"), shape=shapes.story_reply, fields=(TEXT, STORY)
    ),
    "story_mention": Kind(
        label=("ذِكر في قصة", "Story mention"), shape=shapes.story_mention, fields=(STORY,)
    ),
    **_ANSWERED,
    **_CHANGED,
    **_HAPPENED,
}
OF_MESSENGER: dict[str, Kind] = {
    **_SAID,
    "file": Kind(label=("ملف", "File"), shape=shapes.media("file", "document")),
    "sticker": everyday.sticker(shapes.sticker),
    "location": Kind(
        label=("موقع", "Location"), icon="location", shape=shapes.location, fields=(TEXT,)
    ),
    "share": Kind(
        label=("مشاركة رابط", "Shared link"), shape=shapes.share("fallback"), fields=(TEXT, POST)
    ),
    **_ANSWERED,
    **_CHANGED,
    **_HAPPENED,
}
