"""The phone page: phones of customers side by side, with the failures in a drawer."""

from __future__ import annotations

from pathlib import Path

import msgspec
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from hudhud.errors import NotFoundError
from hudhud.simulator.clock import now_ms
from hudhud.simulator.control_api import shown
from hudhud.simulator.faults import MANNERS
from hudhud.simulator.graph.uploads import found as found_file
from hudhud.simulator.providers.spoken import forms
from hudhud.simulator.script_api import conversation
from hudhud.simulator.state import World
from hudhud.simulator.statuses import SCRIPTS
from hudhud.simulator.words import WORDS, words

HERE = Path(__file__).parent
COOKIE = "hudhud_simulator_language"
COOKIE_S = 365 * 24 * 3600
FAULTS_SHOWN = (*MANNERS, "130429", "131056", "131047", "190")
_pages = Environment(
    loader=PackageLoader("hudhud.simulator"),
    autoescape=select_autoescape(),
    undefined=StrictUndefined,
)


async def phones(request: Request) -> Response:
    """`GET /`: the phones."""
    world: World = request.app.state.simulator.world
    language = request.cookies.get(COOKIE, settings_language(request))
    say = words(language)
    page = _pages.get_template("phones.html").render(
        say=say,
        language=language if language in WORDS else "ar",
        faults=FAULTS_SHOWN,
        scripts=tuple(SCRIPTS),
        words_json=msgspec.json.encode(say).decode(),
        numbers=[number.public() for number in world.numbers.values()],
    )
    return HTMLResponse(page, headers={"Cache-Control": "no-store"})


async def choose_language(request: Request) -> Response:
    """`GET /language/{language}`: remember it, and go back to the phones."""
    answer = RedirectResponse("/", status_code=303)
    language = request.path_params["language"]
    if language in WORDS:
        answer.set_cookie(COOKIE, language, max_age=COOKIE_S, httponly=True, samesite="lax")
    return answer


async def state(request: Request) -> Response:
    """`GET /simulator/state`: all that the page shows, for its first look and each reconnection."""
    world: World = request.app.state.simulator.world
    return Response(
        msgspec.json.encode(
            {
                "now_ms": now_ms(),
                "seq": world.last_seq,
                "numbers": [number.public() for number in world.numbers.values()],
                "kinds": forms(),
                "phones": [conversation(phone) for phone in world.phones.values()],
                "faults": world.faults,
                "behaviour": shown(world.behaviour),
            }
        ),
        media_type="application/json",
    )


async def file(request: Request) -> Response:
    """`GET /simulator/files/{media_id}`: a file that somebody sent, for the page to show."""
    found = found_file(request.app.state.simulator.world, request.path_params["media_id"])
    if found is None:
        raise NotFoundError("Nobody sent such a file.")
    return Response(found.data, media_type=found.mime)


def settings_language(request: Request) -> str:
    """The language before anyone chose one."""
    language: str = request.app.state.simulator.settings.language
    return language


ROUTES = [
    Route("/", phones, methods=["GET"]),
    Route("/language/{language}", choose_language, methods=["GET"]),
    Route("/simulator/state", state, methods=["GET"]),
    Route("/simulator/files/{media_id}", file, methods=["GET"]),
    Mount("/static", StaticFiles(directory=HERE / "static"), name="static"),
]
