"""What announces a name: «اسمي …», «السمية …», "put it under …", «أنا …»; pure."""

from __future__ import annotations

import re

# "esmi el kamel", "ismi howa"
_WHOLE = r"(?:\s+[aei]?l[\s-]?kam[ei]l(?=\s+\w))?(?:\s+h[ou]w+[ae]\b)?"
# «الاسم ديالي …», "smiya dyali"
_MINE = r"(?:\s+(?:ديال[يو]|ت[اع]ع[يو]|متاع[يو]|بتاع[يو]|تبع[يو]|مال[يو]|حق[يو])(?!\w))?"
_MINE_LATIN = r"(?:\s+(?:d[iy]?ali|ta3i|mta3i|taba3i)\b)?"
INTRODUCED = re.compile(
    r"(?:\b(?:(?:sorry|actually),? it'?s|(?:my )?name's|my names|name is|name\s*[:=]"
    r"|recipient\s*[:=]?"
    r"|\b2?[aie]ss?m[iey]+\b"
    + _WHOLE
    + r"|\b(?:el|al|il|l)[\s'’-]*[ie]sm\b"
    + _WHOLE
    + r"|(?<!\w)[ie]sm(?=\s*[:=])|(?:under|in)\s+(?:the\s+|my\s+)?name(?:\s+(?:of|is))?"
    r"|(?:b[ie]?|3(?:ala|a|al)?|ala|ta7t)\s*[ie]sm\b"
    r"|\b(?:[ie]?s)?s[iy]?m[iy]+t[iy]+\b|\b(?:el|es|l)[\s'’-]*s[iy]?m[iy]+[ae]\b"
    + _MINE_LATIN
    + r"|\bje\s+m\W?appell?e\b)"
    r"|(?:^|[\n.,،;؛/!]\s*|\b(?:my|the|full|new|wrong|correct|right|customer)\s+)(?:full\s+)?name\b"
    r"|(?:^|[\n.,،;؛/!]\s*)[اإ]سم(?=\s*[:=])"
    r"|(?<!\w)(?:و?[اأإ]سم[يى]|[اأ]نا [اأ]سم[يى]|و?سم[يّ]+تي|[اأإ]سم[يى] هو|(?:على|ع|تحت) [اأإ]سم"
    r"|و?ال(?:اسم|[إأ]سم|سم[يّ]+[ةه])(?:\s+(?:الكامل|الثلاثي|الكريم))?" + _MINE + r"(?!\w)"
    r"|و?[اأإ]سم(?:ها|ه|هو|هي)|[اأإ]سم المستلم(?:ة|ه)?|(?:ال)?مستلم(?:ة|ه)?"
    r"|(?<!انا )(?<!أنا )(?<!معك )(?<!معاك )(?<=\s)باسم|ب\s?[إأ]سم|ب اسم"
    r"|[اأ]خو(?:كم|ك)|[اأ]خت(?:كم|ك)|خادم(?:كم|ك)))\s*[:=-]?\s*(?P<value>.+)",
    re.IGNORECASE,
)
# «باسم هند», "under Reem Adel": a man is called Basem too, and much is under something.
ON_BEHALF = re.compile(
    r"(?<!\w)(باسم|under|call(?:ed)?(?:\s+me)?)\s+(?P<value>(\w+).*)", re.IGNORECASE
)
CAPITALS = re.compile(r"[A-Z]\w+ [A-Z]\w+")
# «سجلها باسم …», "put it under …": what is done with a name, and with nothing else.
PUT = re.compile(
    r"(?:^|(?<=[\s،,.]))(?:(?:ال)?(?:طلب|طلبية|حجز|[اأ]وردر)\s*"
    r"|[وف]?[اأتني]?(?:سجل|كتب|حط|خل|قيد|عمل)(?:ي|وا?)?(?:لي)?(?:ه|ها|و)?(?:\s+عند(?:ك|كم|كن))?"
    r"|(?:please\s+)?(?:put|place|make|register|book|write|keep|have)(?:\s+(?:it|this|them|the\s+order))?"
    r"|(?:the\s+)?order|[اأ]ن[ايه]{1,2}|[اآأ]ني|ana(?:ya)?|ani|ama)\s*$",
    re.IGNORECASE,
)
# Weaker: «أنا حامل», "I'm late". Taken only while the name is missing.
PRESENTED = re.compile(
    r"(?:\b(?:i am|i'm|im|this is|it's|ana|ani|m[ae]?3[aei]?k(?:[ou]m)?|wi?yy?ak(?:[ou]m)?)"
    r"|(?<!\w)(?:[اأ]نا|[اآأ]ني|معك|معاك|معكم|معاكم"
    r"|وياك|وياكم))\s+(.+)",
    re.IGNORECASE,
)
