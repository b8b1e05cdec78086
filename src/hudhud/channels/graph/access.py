"""What every account of Meta's needs: how to call, and how to know that Meta calls."""

from __future__ import annotations

from typing import Annotated

import msgspec

# These stand in a URL or in a header: a space or a line break would change the request.
PathPart = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9._-]{1,64}$")]
HeaderWord = Annotated[str, msgspec.Meta(pattern=r"^[!-~]{1,2048}$")]
Address = Annotated[str, msgspec.Meta(pattern=r"^https?://[^\s?#]{1,500}$")]
Secret = Annotated[str, msgspec.Meta(min_length=1, max_length=512)]
SecretOrNone = Annotated[str, msgspec.Meta(max_length=512)]
ScopeId = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9._-]{0,64}$")]
AppId = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{0,18}$")]

SECRETS = frozenset({"token", "app_secret", "app_secret_previous", "verify_token"})
# Ours to make when nobody gives it; it is copied into the provider's settings.
MADE = frozenset({"verify_token"})


class GraphAccess(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The way to one account of Meta's, whatever it is; each channel adds its own id to it.

    `token` sends, `app_secret` signs webhooks (`app_secret_previous` is still believed while it
    is being rotated), `verify_token` proves the webhook address once. `api_url` and
    `api_version` point to Meta, or to anything that speaks like it. `app_id` is Meta's id of the
    app, where it is known: the accounts of one app then share what Meta limits for the app.
    """

    token: HeaderWord
    app_secret: Secret
    verify_token: Secret
    app_secret_previous: SecretOrNone = ""
    api_url: Address = "https://graph.facebook.com"
    api_version: PathPart = "v23.0"
    app_id: AppId = ""
