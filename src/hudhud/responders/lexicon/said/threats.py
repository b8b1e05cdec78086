"""Courts, police and offices that are threatened with, and promises that are held up to us.

Nobody tells a shop of either but who complains.
"""

from __future__ import annotations

from hudhud.text import words

# «بقدم بلاغ», «راح ارفع قضية»: whoever the verb is of.
_TO_FILE = "".join(
    f", ~{files} {what}"
    for files in words("قدم رفع عمل سوي دير فتح سجل حط")
    for what in (
        "بلاغ", "بلاغا", "قضيه", "قضية عليكم", "دعوى", "دعوة عليكم", "فيكم بلاغ", "فيكن بلاغ",
        "عليكم بلاغ", "عليكم قضيه", "عليكم دعوى", "عليكم شكوى", "فيكم شكوى", "فيكن شكوى", "محضر",
    )
)  # fmt: skip
THREATS = (
    ", اتقدم ببلاغ, ساتقدم ببلاغ, نتقدم ببلاغ, المحامي بتاعي, المحامي تبعي, المحامي مالي, محاميي, "
    "محامينا, المحامي ديالي, حمايه المستهلك, حماية المستهلك, للقضاء, الى القضاء, بالقضاء, "
    "للمحكمه, عالمحكمه, بالمحكمه, الى المحكمه, فالمحكمه, عند الشرطه, للشرطه, بالشرطه, "
    "عالشرطه, ابلغ الشرطه, ابلغ عنكم, هبلغ عنكم, ببلغ عنكم, نبلغ عليكم, "
    "اشتكيكم, بشتكيكم, هشتكيكم, نشكي بيكم, اشكيكم, بشكيكم, اشتكي عليكم, اشتكي عليكن, "
    "افضحكم, بفضحكم, هفضحكم, هعملكم فضيحه, بعملكن فضيحه, "
    "my lawyer, our lawyer, our solicitor, my solicitor, take you to court, see you in court, "
    "small claims, legal action, sue you, suing you, consumer protection, trading standards, "
    "reporting you, report you to, going to the police, go to the police, 7imayet el mostahlek, "
    "7emayet el mostahlek, himayat al mustahlik"
) + _TO_FILE
# «وعدتوني تركبونه السبت»
PROMISED = (
    ", وعدتوني, وعدتونا, وعدتني, وعدتوا, وعدوني, وعدونا, واعدتوني, واعديني, وعدتينا, واعدينا, "
    "you promised, u promised, was promised, were promised, you swore, you guaranteed me, "
    "we3adtouni, wa3adtouni, wa3adtoni, we3adtoni"
)
