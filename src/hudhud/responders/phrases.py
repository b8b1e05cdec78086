"""Every sentence that the catalogue responder says, in Arabic and English at parity."""

from __future__ import annotations

from hudhud.text import Language

_SAYS: dict[str, tuple[str, str]] = {
    "greeting": ("أهلاً وسهلاً بك في {merchant} 🌿", "Hello, and welcome to {merchant} 🌿"),
    "greeting_named": (
        "أهلاً {name}، حيّاك في {merchant} 🌿",
        "Hello {name}, welcome to {merchant} 🌿",
    ),
    "salam": (
        "وعليكم السلام ورحمة الله، أهلاً بك في {merchant} 🌿",
        "Wa alaikum assalam, welcome to {merchant} 🌿",
    ),
    "greeting_again": ("أهلاً بك.", "Hello again."),
    "salam_again": ("وعليكم السلام ورحمة الله.", "Wa alaikum assalam."),
    "offer_help": ("كيف أخدمك؟", "How can I help you?"),
    "own_name": (
        "أنا {assistant}، المساعد الآلي في {merchant}.",
        "I am {assistant}, the automatic assistant of {merchant}.",
    ),
    "thanks": ("العفو، في خدمتك دائماً.", "You are welcome, always at your service."),
    "gladly": ("على الرحب والسعة 🌿", "With pleasure 🌿"),
    "goodbye": ("في أمان الله، نسعد بك دائماً.", "Goodbye, it is always a pleasure."),
    "product": ("{name}: {price}، {stock}.", "{name}: {price}, {stock}."),
    "from_to": ("من {least} إلى {most} حسب المقاس واللون", "{least} to {most} by size and colour"),
    "in_stock": ("متوفر", "in stock"),
    "few_left": ("متوفر، بقي منه {count}", "in stock, only {count} left"),
    "out_of_stock": ("نفد حالياً", "sold out at the moment"),
    "sizes": ("المقاسات: {sizes}.", "Sizes: {sizes}."),
    "no_sizes": ("ليس له مقاسات، قياس واحد.", "It comes in one size."),
    "size_yes": ("نعم، المقاس {size} من مقاساته.", "Yes, it is made in size {size}."),
    "size_no": ("المقاس {size} ليس من مقاساته.", "It is not made in size {size}."),
    "colours": ("الألوان: {colours}.", "Colours: {colours}."),
    "colour_yes": ("نعم، منه {colour}.", "Yes, it comes in {colour}."),
    "picture": ("تفضّل، هذه صورة {names}.", "Here is a picture of {names}."),
    "pictures": ("تفضّل، هذه صور {names}.", "Here are pictures of {names}."),
    "no_picture": (
        "عذراً، لا صورة عندي الآن لـ {names}، وهذه التفاصيل:",
        "Sorry, I have no picture of {names} yet; here are the details:",
    ),
    "closest": ("هذا أقرب ما عندنا إلى ما ذكرت:", "This is the closest we have to that:"),
    "more": (
        "وعندنا غيرها، اذكر ما تريد لأحدّد لك.",
        "There are more; tell me what you prefer and I will narrow it down.",
    ),
    "similar": ("متوفر من الصنف نفسه: {names}.", "Available from the same range: {names}."),
    "browse": (
        "من الموجود عندنا: {categories}. عن أيها أخبرك؟",
        "Among what we have: {categories}. Which shall I tell you about?",
    ),
    "which_product": (
        "عن أي قطعة تسأل؟ اذكر اسمها وأخبرك.",
        "Which item do you mean? Tell me its name and I will check.",
    ),
    "which_to_order": (
        "أبشر، ماذا تحب أن تطلب؟ اذكر اسمه وأخبرك بسعره وتوفره.",
        "Gladly. What would you like to order? Tell me its name and I will check.",
    ),
    "off_topic": (
        "هذا خارج ما أعرفه، فأنا هنا لأخدمك في ما يخص {merchant}. عمَّ تودّ أن تسأل؟",
        "That is beyond me: I am here for what concerns {merchant}. What can I do for you?",
    ),
    "noted_fields": ("سجّلت: {fields}.", "Noted: {fields}."),
    # Without an example: one of the merchant's country would be taken for a number of theirs.
    "phone_unfit": (
        "{said} لا يبدو رقم هاتف كاملاً. اكتبه من فضلك مرة أخرى، وبرمز البلد إن كان من خارجه.",
        (
            "{said} does not look like a whole phone number. Please write it once more, "
            "and with its country code if it is from abroad."
        ),
    ),
    "phone_abroad": (
        "إن كان الرقم {said} من بلد آخر فاكتبه من فضلك مع رمز بلده.",
        "If {said} is a number of another country, please write it with its country code.",
    ),
    "phone_unseen": (
        "رقمك لا يظهر لي هنا، فاكتبه من فضلك.",
        "I cannot see your number here; please write it.",
    ),
    "confirmed": (
        "شكراً {name}، اكتملت بياناتك: {fields}.",
        "Thank you {name}, that is everything: {fields}.",
    ),
    "confirmed_unnamed": (
        "شكراً لك، اكتملت بياناتك: {fields}.",
        "Thank you, that is everything: {fields}.",
    ),
    "field": ("{label}: {value}", "{label}: {value}"),
    "ask_many": ("تكرّماً، هل ترسل لي: {fields}؟", "Could you please send me: {fields}?"),
    "choices": ("{label} ({choices})", "{label} ({choices})"),
    "to_person": (
        "سأوصلك الآن بأحد زملائنا ليكمل معك.",
        "I am passing you to a colleague now, who will continue with you.",
    ),
    "passed_on": (
        "نقلتُ رسالتك إلى زملائنا، ويكملون معك هنا.",
        "I have passed your message on; our colleagues will continue with you here.",
    ),
    "to_order": (
        "لإتمام الطلب يتواصل معك أحد زملائنا هنا.",
        "A colleague will complete the order with you here.",
    ),
    "to_status": (
        "يتابع أحد زملائنا طلبك ويخبرك هنا بما وصل إليه.",
        "A colleague will look up your order and tell you here where it is.",
    ),
    "to_cancel": (
        "يتولى أحد زملائنا طلب الإلغاء ويؤكده لك هنا.",
        "A colleague will see to the cancellation and confirm it to you here.",
    ),
    "sorry": (
        "نعتذر عمّا حصل. يتابع أحد زملائنا الأمر معك هنا.",
        "We are sorry about this. A colleague will follow it up with you here.",
    ),
    "unseen": (
        "وصلتنا رسالتك ({kind})، سيطّلع عليها أحد زملائنا ويردّ عليك.",
        "We received your message ({kind}); a colleague will look at it and answer you.",
    ),
    "no_product": (
        "لم أجد هذا فيما عندي من منتجات، سيتأكد أحد زملائنا ويردّ عليك.",
        "I could not find this among our products; a colleague will check and answer you.",
    ),
    "not_sold": (
        "لم أجد هذا فيما نبيعه، وإن شئت تأكد لك أحد زملائنا.",
        "I do not find this among what we sell; a colleague can check if you like.",
    ),
    "no_topic": (
        "ليس عندي جواب مؤكد عن {topic}، سيجيبك أحد زملائنا.",
        "I have no certain answer about {topic}; a colleague will answer you.",
    ),
    "to_quote": (
        "يتفق معك أحد زملائنا هنا على السعر والكمية والتفاصيل.",
        "A colleague will settle the price, the quantity and the details with you here.",
    ),
    "not_known": (
        "ليس عندي جواب مؤكد عن هذا، سيجيبك أحد زملائنا.",
        "I have no certain answer to this; a colleague will answer you.",
    ),
    "not_clear": (
        "لم أفهم رسالتك الأخيرة، فاكتبها بكلمات أخرى من فضلك.",
        "I did not understand your last message; please put it in other words.",
    ),
    "at_service": (
        "أنا في خدمتك، فاسألني عمّا تحب من {merchant}.",
        "I am at your service: ask me anything about {merchant}.",
    ),
    "no_hurry": (
        "خذ وقتك، ونحن هنا متى أحببت 🌿",
        "Take your time; we are here whenever you like 🌿",
    ),
    "as_listed": (
        "الأسعار عندي كما هي مكتوبة ولا أعرف خصماً غيرها، وأوصلك بأحد زملائنا إن أحببت.",
        (
            "The prices I have are as listed and I know of no other; "
            "I can pass you to a colleague if you like."
        ),
    ),
    "ask_away": ("تفضّل، عمَّ تسأل؟", "Of course, what would you like to know?"),
    "unclear": ("لم أفهم قصدك تماماً.", "I am not sure what you mean."),
    "unclear_offers": (
        "أخبرك مثلاً عن {offers}، أو أوصلك بأحد زملائنا إن أحببت. عمَّ تسأل؟",
        (
            "I can tell you about {offers}, for example, or pass you to a colleague if you like. "
            "What would you like to know?"
        ),
    ),
    "unclear_person": (
        "اكتب سؤالك بكلمات أخرى من فضلك، أو أوصلك بأحد زملائنا إن أحببت.",
        "Please put it in other words, or I can pass you to a colleague if you like.",
    ),
    "from_document": ("{quote}\n(من «{source}»)", "{quote}\n(from “{source}”)"),
    "or": (" أو ", " or "),
    "semicolon": ("؛ ", "; "),
    "comma": ("، ", ", "),
}

# What an order answers itself, where the assistant sells.
SOLD = frozenset({"order_status", "cancel_order"})
# What is a person's in any case, and what is said to it.
GIVEN = {
    "complaint": ("complaint", "sorry"),
    "order_status": ("order_status", "to_status"),
    "cancel_order": ("cancel_order", "to_cancel"),
    "partner": ("business_offer", "to_person"),
    "person": ("asked_for_person", "to_person"),
}

_KINDS = {
    "image": ("صورة", "an image"), "audio": ("تسجيل صوتي", "a voice message"),
    "voice": ("تسجيل صوتي", "a voice message"), "video": ("فيديو", "a video"),
    "document": ("ملف", "a document"), "location": ("موقع", "a location"),
    "contacts": ("جهة اتصال", "a contact"), "sticker": ("ملصق", "a sticker"),
    "share": ("منشور", "a post"), "ig_reel": ("مقطع ريلز", "a reel"),
    "story_mention": ("ذِكر في قصة", "a story mention"),
}  # fmt: skip
_OTHER_KIND = ("مرفق", "an attachment")

_TOPICS = {
    "hours": ("أوقات العمل", "opening hours"), "delivery": ("التوصيل", "delivery"),
    "returns": ("الإرجاع والاستبدال", "returns and exchanges"), "payment": ("طرق الدفع", "payment"),
    "location": ("العنوان", "our address"), "wholesale": ("الجملة", "wholesale"),
    "discount": ("الخصومات", "discounts"), "size_guide": ("اختيار المقاس", "choosing a size"),
    "gift": ("تغليف الهدايا", "gift wrapping"), "care": ("العناية بالقطع", "care of the clothes"),
    "contact": ("أرقام التواصل", "contact details"), "warranty": ("الضمان", "the warranty"),
    "original": ("أصالة البضاعة", "whether our goods are genuine"),
}  # fmt: skip

# Why a conversation was given to a person: `Answer.hand_over` holds the key.
_REASONS = {
    "asked_for_person": ("طلب التحدث مع شخص", "asked for a person"),
    "business_offer": (
        "يعرض عملاً أو شراكة أو يطلب جملة",
        "offers work or a partnership, or buys for a shop",
    ),
    "wants_to_order": ("يريد إتمام طلب", "wants to order"),
    "keyword": ("كتب كلمة تخصّ الموظفين", "wrote a word that is for a person"),
    "asked_again": ("سأل السؤال نفسه مرة أخرى", "asked the same question again"),
    "same_answer": ("تكرر الجواب نفسه", "was given the same answer again"),
    "low_confidence": ("المساعد غير واثق من جوابه", "the assistant was not sure of its answer"),
    "collecting_failed": (
        "طُلبت منه معلومة أكثر من مرة ولم تُفهم",
        "was asked for a detail again and again, and it was not understood",
    ),
    "closed": ("كتب خارج أوقات الدوام", "wrote outside of the opening hours"),
    "large_order": ("يريد كمية كبيرة", "wants a large quantity"),
    "odd_amount": ("يريد مقداراً لا يُباع قطعة قطعة", "wants an amount that is no whole piece"),
    "complaint": ("شكوى", "a complaint"),
    "order_status": ("يسأل عن طلب سابق", "asks after an order"),
    "cancel_order": ("يريد إلغاء طلب", "wants to cancel an order"),
    "unknown_detail": (
        "سأل عن تفصيل لا تذكره البيانات",
        "asked for a detail that no row tells",
    ),
    "unseen_message": ("أرسل ما لا يُقرأ آلياً", "sent something that cannot be read automatically"),
    "voice_note": ("رسالة صوتية تنتظر من يسمعها", "a voice note waits for somebody to hear it"),
    "unknown_product": ("سأل عن منتج غير موجود", "asked for a product that was not found"),
    "unknown_topic": ("سأل عمّا لا جواب له في الأسئلة", "asked something that no FAQ row answers"),
    "not_understood": ("لم تُفهم الرسالة", "the message was not understood"),
    "model_unreadable": ("جواب النموذج غير صالح", "the model's answer could not be used"),
    "webhook_asked": ("طلب تدفقك تدخل شخص", "your own flow asked for a person"),
    "webhook_silent": ("قال تدفقك إن لا جواب يلزم", "your own flow said that no answer is needed"),
    "model_asked": ("طلب النموذج تدخل شخص", "the model asked for a person"),
    "wrong_price": ("ذكر الجواب سعراً ليس في البيانات", "the answer named a price that no row has"),
    "wrong_stock": ("ذكر الجواب توفراً غير صحيح", "the answer was wrong about stock"),
    "invented_discount": (
        "وعد الجواب بخصم لا تذكره البيانات",
        "the answer promised a discount that no row has",
    ),
    "false_promise": ("ذكر الجواب ما لم يتم", "the answer said something was done that was not"),
    "disguised_text": ("كُتب الجواب بحروف متنكرة", "the answer was written in disguise"),
    "leaked_text": ("كشف الجواب ما هو داخلي", "the answer held what is internal"),
    "secret_text": ("في الجواب ما يشبه سراً", "the answer held something like a secret"),
    "foreign_data": ("في الجواب بيانات ليست لصاحبه", "the answer held data of somebody else"),
    "foreign_link": ("في الجواب رابط غير معروف", "the answer held an unknown link"),
    "wrong_language": ("الجواب بغير لغة الزبون", "the answer was not in the customer's language"),
    "check_failed": ("تعذّر فحص الجواب", "the answer could not be checked"),
    "acknowledgement": ("شكر أو موافقة لا تحتاج ردًا", "thanks or consent that needs no answer"),
    "responder_failed": ("لم يُجب المساعد في الوقت", "the assistant gave no answer in time"),
    "responder_resting": (
        "المساعد تعثّر مراراً فأُريح قليلاً",
        "the assistant failed repeatedly and is resting",
    ),
    "spend_exceeded": (
        "بلغ ما يُصرف على النماذج اليوم حدّه",
        "what may be spent on models today is spent",
    ),
    "empty_answer": ("جواب المساعد فارغ", "the assistant's answer was empty"),
    "no_assistant": ("لا مساعد لهذا الصندوق", "this inbox has no assistant"),
    "ai_off": ("المساعد متوقف الآن", "the assistant is switched off"),
    "unstorable": ("تعذّر حفظ الجواب", "the answer could not be stored"),
    "send_refused": ("رفض المزوّد إرسال الرد", "the provider refused the reply"),
    "owner_wrote": ("كتب صاحب الحساب من تطبيقه", "the owner wrote in the app"),
    "window_closed": (
        "أُغلقت نافذة الرد قبل الإرسال",
        "the reply window closed before it could leave",
    ),
    "content_refused": (
        "القناة لا تقبل هذا النوع من الرد",
        "the channel does not take this kind of reply",
    ),
    "send_unknown": ("لا نعلم هل وصل الرد", "nobody knows whether the reply arrived"),
}  # fmt: skip


def say(key: str, language: Language, **values: object) -> str:
    """One sentence in one language, filled in."""
    return _SAYS[key][language == "en"].format(**values)


def kind_name(kind: str, language: Language) -> str:
    """What a customer calls a message of this kind."""
    return _KINDS.get(kind, _OTHER_KIND)[language == "en"]


def names_topic(topic: str) -> bool:
    """Whether a topic has a name here; a merchant's own has none that a customer would read."""
    return topic in _TOPICS


def topics() -> tuple[str, ...]:
    """The topics that have a name, the usual ones of a shop's questions."""
    return tuple(sorted(_TOPICS))


def topic_name(topic: str, language: Language) -> str:
    """What a customer calls a topic of the FAQ."""
    return _TOPICS.get(topic, (topic, topic))[language == "en"]


def reason(code: str, language: Language) -> str:
    """The sentence for a `hand_over` code (`unknown_topic:delivery` too), for the console."""
    head, _, rest = code.partition(":")
    if head not in _REASONS:  # a sentence already: what an error said of itself
        return code
    sentence = _REASONS[head][language == "en"]
    if not rest:
        return sentence
    if head == "keyword":  # the merchant's own word
        return f"{sentence} ({rest})"
    names = (topic_name if head == "unknown_topic" else kind_name)(rest, language)
    return f"{sentence} ({names})"
