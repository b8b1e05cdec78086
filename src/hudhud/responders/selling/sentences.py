"""Every sentence about an order, in Arabic and English at parity.

What `ASKS` names is a question that the next batch may answer: `pending` knows it by its words, so
no other sentence contains them.
"""

from __future__ import annotations

from typing import Literal, get_args

from hudhud.model import OrderState
from hudhud.text import Language

Ask = Literal[
    "cancel_it", "confirm", "which_size", "which_colour", "which_traits", "which_one", "offer",
    "change_what", "which_line",
]  # fmt: skip

_SAYS: dict[str, tuple[str, str]] = {
    # Questions
    "which_size": ("بأي مقاس تريده؟", "Which size would you like?"),
    "which_colour": ("بأي لون تريده؟", "Which colour would you like?"),
    "which_traits": ("بأي مقاس ولون تريده؟", "Which size and colour would you like?"),
    "offer": ("هل أضيفه إلى طلبك؟", "Shall I add it to your order?"),
    "which_one": ("أيّها أضيف إلى طلبك؟", "Which of them shall I add to your order?"),
    "confirm": ("هل أؤكد الطلب؟", "Shall I place this order?"),
    "cancel_it": ("هل ألغي هذا الطلب؟", "Shall I cancel that order?"),
    "change_what": (
        "ماذا تريد أن أغيّر في طلبك؟ أو اكتب «إلغاء» لأتركه.",
        "What shall I change in your order? Or write “cancel” to drop it.",
    ),
    "so_many": ("العدد: {count}", "quantity: {count}"),
    # What was done
    "added": ("أضفت إلى طلبك:", "Added to your order:"),
    "now": ("طلبك الآن:", "Your order now:"),
    "taken_out": ("رفعت {name} من طلبك.", "I took {name} out of your order."),
    "empty_now": ("صار طلبك فارغاً.", "Your order is empty now."),
    "dropped": ("تركت الطلب، ولم يُسجَّل شيء.", "I dropped it; nothing was ordered."),
    "kept": (
        "على راحتك، طلبك محفوظ عندي. اكتب «أكّد» متى شئت.",
        "No hurry, I am keeping your order. Write “confirm” whenever you like.",
    ),
    "left_alone": ("حسناً، طلبك رقم {number} كما هو.", "All right, order {number} stays as it is."),
    "nothing_open": (
        "ليس عندي طلب مفتوح باسمك لأؤكده. ماذا تحب أن تطلب؟",
        "You have no open order for me to place. What would you like to order?",
    ),
    "choices": (
        "لا يكتمل الطلب قبل أن تختار: {choices}.",
        "Before I can order it, please choose: {choices}.",
    ),
    "what_to_order": ("ماذا تحب أن تطلب؟", "What would you like to order?"),
    # The quote and the order
    "quote": ("هذا طلبك:", "This is your order:"),
    "line": ("{item}: {total}", "{item}: {total}"),
    "traits": (" ({traits})", " ({traits})"),
    "total": ("المجموع: {total}", "Total: {total}"),
    "total_bare": ("المجموع من دون التوصيل: {total}", "Total without delivery: {total}"),
    "line_bare": (
        "{item}، المجموع من دون التوصيل {total}",
        "{item}, total without delivery {total}",
    ),
    "delivery": ("التوصيل: {total}", "Delivery: {total}"),
    "delivery_free": ("التوصيل: مجاني", "Delivery: free"),
    "delivery_agreed": (
        "كلفة التوصيل يتفق عليها المتجر معك قبل الإرسال.",
        "The shop will agree the delivery cost with you before sending it.",
    ),
    "either": (" أو ", " or "),
    "not_yet": ("ليس فيه بعد: {names}.", "Not in it yet: {names}."),
    "as_before": (
        "سأستعمل بياناتك كما أعطيتها من قبل، وإن تغيّر شيء فاكتبه لي:",
        "I will use your details as you gave them before; if anything changed, just write it:",
    ),
    "placed": (
        "تم تسجيل طلبك يا {name}، ورقمه: {number}.",
        "Your order is placed, {name}. Its number is: {number}.",
    ),
    "changed": (
        "تغيّر شيء في طلبك منذ عرضته عليك، فهذا هو كما هو الآن.",
        "Something in your order changed since I showed it to you; this is how it stands now.",
    ),
    # What cannot be
    "sold_out": ("نفد {name} حالياً.", "{name} is sold out at the moment."),
    "gone_variant": (
        "نفد {name} بهذا المقاس أو اللون ({traits}) حالياً.",
        "{name} is sold out in that size or colour ({traits}) at the moment.",
    ),
    "only_left": (
        "لم يبقَ من {name} ما يكفي، والمتوفر منه: {count}.",
        "There is not enough of {name}; what is left: {count}.",
    ),
    "no_size": (
        "{name} ليس له المقاس {size}، ومقاساته: {sizes}.",
        "{name} is not made in size {size}; its sizes: {sizes}.",
    ),
    "no_colour": (
        "{name} ليس منه هذا اللون، وألوانه: {colours}.",
        "{name} does not come in that colour; its colours: {colours}.",
    ),
    "not_sold": ("لم أجد عندنا: {names}.", "I did not find this here: {names}."),
    "no_longer": ("لم يعد {name} معروضاً.", "{name} is no longer on sale."),
    "not_in_cart": ("هذا ليس في طلبك.", "That is not in your order."),
    "which_line": ("أي قطعة في طلبك تقصد؟", "Which item of your order do you mean?"),
    # A person's
    "too_many_for_me": (
        "هذه كمية كبيرة، يتفق معك عليها أحد زملائنا هنا.",
        "That is a large quantity; a colleague will settle it with you here.",
    ),
    "part_of_one": (
        "هذا المقدار يتفق معك عليه أحد زملائنا هنا.",
        "A colleague will settle that amount with you here.",
    ),
    "to_order": (
        "لإتمام الطلب يتواصل معك أحد زملائنا هنا.",
        "A colleague will complete the order with you here.",
    ),
    "no_order": (
        "لا أجد لك طلباً مسجلاً هنا، فيتابع أحد زملائنا ذلك معك.",
        "I find no order of yours here, so a colleague will follow it up with you.",
    ),
    "too_late": (
        "لم يعد إلغاء طلبك رقم {number} ممكناً من عندي، فيتولاه أحد زملائنا معك هنا.",
        "Order {number} is past what I can cancel; a colleague will see to it with you here.",
    ),
    # Orders that were placed
    "no_such_number": (
        "لا أجد لك طلباً برقم {wanted}. آخر طلباتك رقم {number}: {state}.",
        "I find no order {wanted} of yours. Your latest is {number}: {state}.",
    ),
    "status": ("طلبك رقم {number}: {state}.", "Your order {number}: {state}."),
    "cancelled": ("ألغيت طلبك رقم {number}.", "Your order {number} is cancelled."),
    "already_cancelled": ("طلبك رقم {number} ملغى من قبل.", "Order {number} is cancelled already."),
}  # fmt: skip

ASKS: tuple[Ask, ...] = get_args(Ask)

_STATES: dict[OrderState, tuple[str, str]] = {
    "placed": ("مسجّل وينتظر موافقة المتجر", "placed, and waiting for the shop to accept it"),
    "confirmed": ("وافق عليه المتجر ولم يخرج بعد", "accepted by the shop, and not sent yet"),
    "shipped": ("خرج من المتجر وهو في الطريق إليك", "it left the shop and is on its way to you"),
    "delivered": ("سُلّم إليك", "delivered"),
    "cancelled": ("ملغى", "cancelled"),
}

NAME = ("الاسم", "Name", "ما اسمك الكريم؟", "What is your name?")
PHONE = ("رقم الهاتف", "Phone", "ما رقم هاتفك؟", "What is your phone number?")
ADDRESS = (
    "عنوان التوصيل",
    "Delivery address",
    "إلى أي عنوان نوصله؟",
    "To which address shall we bring it?",
)


def say(key: str, language: Language, **values: object) -> str:
    """One sentence in one language, filled in."""
    return _SAYS[key][language == "en"].format(**values)


def asked(ask: Ask, text: str) -> bool:
    """Whether a text of ours asks this, in either language."""
    return any(sentence in text for sentence in _SAYS[ask])


def settles(text: str) -> bool:
    """Whether a text of ours tells that an order was dropped, kept or placed: no offer stands."""
    return any(
        says.split("{")[0].strip() in text
        for key in ("dropped", "kept", "placed", "cancelled", "no_order")
        for says in _SAYS[key]
    )


def took_out(text: str) -> bool:
    """Whether a text of ours tells that something was taken out: another may come for it."""
    return any(
        all(part.strip() in text for part in says.split("{name}")) for says in _SAYS["taken_out"]
    )


def state_name(state: OrderState, language: Language) -> str:
    """How far an order is, in a customer's words."""
    return _STATES[state][language == "en"]
