"""What can be done on any of these phones, as menus and forms show it; each gives its own shape."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hudhud.simulator.customers.saying import Say
from hudhud.simulator.providers.declared import Field, Kind

Shape = Callable[[Say], dict[str, Any]]

CAPTION = Field(name="text", label=("تعليق", "Caption"))
TITLE = Field(name="text", label=("العنوان", "Title"), value="نعم")
ID = Field(name="id", label=("المعرّف", "Id"))
MESSAGE = Field(name="message_id", label=("عن الرسالة (الأخيرة)", "About message (the latest)"))


def image(shape: Shape, *fields: Field) -> Kind:
    """A picture is sent."""
    return Kind(label=("صورة", "Image"), icon="image", shape=shape, fields=fields)


def video(shape: Shape, *fields: Field) -> Kind:
    """A film is sent."""
    return Kind(label=("مقطع مرئي", "Video"), icon="video", shape=shape, fields=fields)


def document(shape: Shape) -> Kind:
    """A file with a name is sent."""
    name = Field(name="filename", label=("اسم الملف", "Name"), value="طلب.pdf")
    return Kind(label=("ملف", "Document"), shape=shape, fields=(name, CAPTION))


def sticker(shape: Shape) -> Kind:
    """A sticker is sent."""
    return Kind(label=("ملصق", "Sticker"), icon="sticker", shape=shape)


def place(shape: Shape) -> Kind:
    """A named place is sent."""
    fields = (
        Field(name="text", label=("الاسم", "Name"), value="البيت، حي النخيل"),
        Field(name="address", label=("العنوان", "Address")),
    )
    return Kind(label=("موقع", "Location"), icon="location", shape=shape, fields=fields)


def card(shape: Shape) -> Kind:
    """Somebody's name and number are sent."""
    fields = (
        Field(name="text", label=("الاسم", "Name"), value="سارة العتيبي"),
        Field(name="id", label=("الرقم", "Number"), value="966500000009"),
    )
    return Kind(label=("جهة اتصال", "Contact"), icon="person", shape=shape, fields=fields)


def reaction(shape: Shape, *, is_message: bool = True) -> Kind:
    """A message of theirs gets an emoji, or loses it."""
    emoji = Field(
        name="emoji", label=("الرمز، وفارغًا يُسحب", "Emoji; empty takes it back"), value="❤️"
    )
    return Kind(
        label=("تفاعل", "Reaction"),
        icon="heart",
        group="change",
        about="theirs",
        is_message=is_message,
        shape=shape,
        fields=(emoji, MESSAGE),
    )


def edit(shape: Shape, *, is_message: bool = True, place: str = "") -> Kind:
    """A message of one's own is given other words."""
    return Kind(
        label=("تعديل", "Edit"),
        icon="pen",
        group="change",
        about="mine",
        is_message=is_message,
        place=place,
        shape=shape,
        fields=(Field(name="text", label=("النص الجديد", "New text")), MESSAGE),
    )


def revoke(
    shape: Shape,
    *,
    label: tuple[str, str] = ("حذف", "Delete"),
    is_message: bool = True,
    place: str = "",
) -> Kind:
    """A message of one's own is taken back."""
    return Kind(
        label=label,
        icon="bin",
        group="change",
        about="mine",
        is_message=is_message,
        place=place,
        shape=shape,
        fields=(MESSAGE,),
    )
