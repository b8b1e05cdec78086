"""Looks over a web chat's options and names what to do next (`hudhud inbox test`)."""

from __future__ import annotations

import aiohttp

from hudhud.channels.contract import Step
from hudhud.channels.webchat.options import Options, origins_of

_HERE = ("http://localhost", "http://127.0.0.1")


async def check(
    _http: aiohttp.ClientSession, options: Options, *, webhook_url: str = ""
) -> list[Step]:
    """Nobody outside has to be asked: the origins, and whether the site may sign its users."""
    del webhook_url
    origins = origins_of(options)
    open_ones = [o for o in origins if o.startswith("http://") and not o.startswith(_HERE)]
    shown = {"origins": " ".join(origins)}
    steps = [Step("origins", True, "ok" if origins else "own", shown)]
    if open_ones:
        steps.append(Step("https", False, "open", {"origins": " ".join(open_ones)}))
    steps.append(Step("identity", True, "ok" if options.identity_secret else "unsigned"))
    return steps
