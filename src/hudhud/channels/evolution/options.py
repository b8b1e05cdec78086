"""What one instance of Evolution API needs to be an inbox."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

# These stand in a URL or in a header: a space or a line break would change the request.
InstanceName = Annotated[str, msgspec.Meta(pattern=r"^[^\s/?#%\\\x00-\x1f]{1,128}$")]
HeaderWord = Annotated[str, msgspec.Meta(pattern=r"^[!-~]{1,512}$")]
HeaderWordOrNone = Annotated[str, msgspec.Meta(pattern=r"^[!-~]{0,512}$")]
Address = Annotated[str, msgspec.Meta(pattern=r"^https?://[^\s?#@]{1,500}$")]
Phone = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{0,20}$")]

SECRETS = frozenset({"apikey", "webhook_secret", "jwt_key"})
# Ours to make when nobody gives it: the header that Evolution is asked to send.
MADE = frozenset({"webhook_secret"})


class Options(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One instance: a phone that Evolution API keeps linked.

    `apikey` opens the instance. A webhook is believed by `webhook_secret` (a header that we ask
    Evolution to send), by `jwt_key` (a token that it signs), or, for v1, which knows neither, by
    the `apikey` in its body. `user_phone` is the instance's own number, digits only.
    """

    instance_name: InstanceName
    api_url: Address
    apikey: HeaderWord
    webhook_secret: HeaderWordOrNone = ""
    jwt_key: HeaderWordOrNone = ""
    user_phone: Phone = ""
    version: Literal["v1", "v2"] = "v2"

    def __post_init__(self) -> None:
        """Refuse an inbox whose webhooks nobody could prove."""
        if self.version == "v2" and not (self.webhook_secret or self.jwt_key):
            raise ValueError("webhook_secret or jwt_key: one of them is needed")


def account(options: Options) -> str:
    """The name of the instance, as `instance` names it in webhooks."""
    return options.instance_name
