"""Meta's error codes as data: what each means, whether sending again may help, and when.

Source: PLATFORM_FACTS part 6 (Cloud API error codes, v23.0). A code that is not here, and is not
marked by Meta as transient, is not tried again: a person sees it with Meta's own words.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from hudhud.errors import Scope

# Who has to do something about it.
Blame = Literal[
    "access",  # the owner: token or permission; the queue is kept meanwhile
    "pace",  # nobody: the app, the account or the number sends too fast
    "pair",  # nobody: too fast to this one person
    "outage",  # Meta
    "contact",  # nobody can: this person cannot or does not want to be reached this way
    "window",  # an operator: only a template may be sent now
    "content",  # the part that was sent: its type or its media
    "bug",  # us
    "template",  # the owner: this template
    "account",  # the owner: locked, unpaid, restricted, unverified
]


class Meaning(NamedTuple):
    """What one code means; `retry_after_s` is our soonest next try when Meta names none.

    Who waits meanwhile follows from the blame: the message alone, everything to this person or
    everything of this number; `of` names another.
    """

    sentence: str
    blame: Blame
    retry: bool = False
    retry_after_s: float | None = None
    of: Scope | None = None

    @property
    def scope(self) -> Scope:
        """Who waits for it: `of`, or what follows from the blame."""
        return self.of or _SCOPES.get(self.blame, "message")


_SCOPES: dict[Blame, Scope] = {"access": "number", "pace": "number", "pair": "pair"}

ACCESS_AGAIN_S = 300.0  # long enough not to hammer a dead token, short enough after its renewal
PACE_AGAIN_S = 60.0
PAIR_AGAIN_S = 4.0  # Meta: 4^X seconds at the X-th time
OUTAGE_AGAIN_S = 15.0
MAINTENANCE_AGAIN_S = 300.0

_ACCESS = Meaning(
    "The token is not valid or lacks a permission.", "access", True, ACCESS_AGAIN_S, "number"
)

CODES: dict[int, Meaning] = {
    0: _ACCESS,
    3: _ACCESS,
    10: _ACCESS,
    190: Meaning("The token has expired or was revoked.", "access", True, ACCESS_AGAIN_S),
    4: Meaning("The app reached its rate of calls.", "pace", True, PACE_AGAIN_S, "app"),
    80007: Meaning("The WhatsApp account reached its rate.", "pace", True, PACE_AGAIN_S),
    130429: Meaning(
        "The number reached its rate of messages.", "pace", True, OUTAGE_AGAIN_S, "number"
    ),
    131048: Meaning(
        "The number is slowed down: people reported it.", "pace", True, PACE_AGAIN_S, "number"
    ),
    131064: Meaning(
        "The account reached its messaging limit.", "pace", True, PACE_AGAIN_S, "number"
    ),
    133016: Meaning("The number was registered too often.", "pace", True, PACE_AGAIN_S),
    131056: Meaning(
        "Too many messages to this person at once.", "pair", True, PAIR_AGAIN_S, "pair"
    ),
    131000: Meaning("Something went wrong at Meta.", "outage", True, OUTAGE_AGAIN_S),
    131005: Meaning("Meta refused access for now.", "outage", True, ACCESS_AGAIN_S),
    131016: Meaning("The service is not available.", "outage", True, OUTAGE_AGAIN_S),
    133004: Meaning("Meta's server is not available.", "outage", True, OUTAGE_AGAIN_S),
    131057: Meaning("The number is in maintenance.", "outage", True, MAINTENANCE_AGAIN_S, "number"),
    131026: Meaning("This person cannot be reached on WhatsApp.", "contact"),
    131030: Meaning("A test number only reaches the people on its list.", "contact"),
    131049: Meaning("Meta withheld it to keep this person from too many messages.", "contact"),
    131050: Meaning("This person stopped marketing messages.", "contact"),
    130472: Meaning("This person is in an experiment of Meta's.", "contact"),
    131062: Meaning("This cannot be sent to a user id, only to a phone.", "contact"),
    137000: Meaning("This person's phone changed; the identity is to be confirmed.", "contact"),
    131047: Meaning("More than 24 hours since their last message.", "window"),
    131051: Meaning("This type of message is not supported.", "content"),
    131052: Meaning("The media could not be downloaded.", "content"),
    131053: Meaning("The media could not be uploaded.", "content"),
    100: Meaning("A parameter is not valid.", "bug"),
    131008: Meaning("A parameter is missing.", "bug"),
    131009: Meaning("A parameter is not valid.", "bug"),
    131021: Meaning("Sender and recipient are the same.", "bug"),
    132000: Meaning("The template takes another number of values.", "template"),
    132001: Meaning("The template does not exist in this language.", "template"),
    132005: Meaning("The filled template is too long.", "template"),
    132007: Meaning("The template breaks a policy.", "template"),
    132012: Meaning("A value of the template has the wrong form.", "template"),
    132015: Meaning("The template is paused for its quality.", "template"),
    132016: Meaning("The template is disabled for its quality.", "template"),
    132068: Meaning("The flow is blocked.", "template"),
    132069: Meaning("The flow is slowed down.", "template"),
    131063: Meaning("Marketing templates are switched off here.", "template"),
    368: Meaning("The account is restricted for breaking a policy.", "account"),
    131031: Meaning("The account is locked.", "account"),
    131037: Meaning("The display name is not approved.", "account"),
    131042: Meaning("There is a problem with the payment.", "account"),
    131045: Meaning("The number's certificate is wrong; register it again.", "account"),
    130497: Meaning("The account may not write to this country.", "account"),
    32: Meaning("The page reached its rate of calls.", "pace", True, PACE_AGAIN_S),
    613: Meaning("Calls came too fast.", "pace", True, PACE_AGAIN_S, "number"),
    551: Meaning("This person is not available right now.", "contact"),
    1200: Meaning("Sending failed at Meta for now.", "outage", True, OUTAGE_AGAIN_S),
    1545041: Meaning("This person is not available right now.", "contact"),
    2018001: Meaning("This account knows no such person.", "contact"),
    2018108: Meaning("This person cannot receive messages.", "contact"),
    2018065: Meaning("The window for this kind of message is closed.", "window"),
    2018278: Meaning("The window of 24 hours is closed.", "window"),
    2534022: Meaning("The window of 24 hours is closed on Instagram.", "window"),
}

UNKNOWN = Meaning("Meta refused it with a code that we do not know.", "bug")
PERMISSION_CODES = range(200, 300)
CODE_DIGITS_MAX = 12


def meaning(code: str) -> Meaning:
    """What a code means, as it stands in an error; permission codes stand in a range."""
    if not (code.isascii() and code.isdigit() and len(code) <= CODE_DIGITS_MAX):
        return UNKNOWN
    number = int(code)
    return _ACCESS if number in PERMISSION_CODES else CODES.get(number, UNKNOWN)
