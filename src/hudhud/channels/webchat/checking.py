"""Looks over a web chat's options and says what to do next (`hudhud inbox test`)."""

from __future__ import annotations

import aiohttp

from hudhud.channels.contract import Step
from hudhud.channels.webchat.options import Options, origins_of

_HERE = ("http://localhost", "http://127.0.0.1")


async def check(_http: aiohttp.ClientSession, options: Options) -> list[Step]:
    """Nobody outside has to be asked: the origins, and whether the site may sign its users."""
    origins = origins_of(options)
    open_ones = [o for o in origins if o.startswith("http://") and not o.startswith(_HERE)]
    steps = [
        Step("origins", True, f"The widget may be shown on {', '.join(origins)}.")
        if origins
        else Step("origins", True, "No site is named: only our own page shows the chat.")
    ]
    if open_ones:
        steps.append(
            Step("https", False, f"{', '.join(open_ones)} is not https: anybody between can read.")
        )
    told = "is believed" if options.identity_secret else "is not believed: no identity_secret"
    steps.append(Step("identity", True, f"What the site signs about its users {told}."))
    return steps
