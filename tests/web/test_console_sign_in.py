from __future__ import annotations

from typing import Any

import pytest
from starlette.applications import Starlette

from hudhud.web.console import routes

PASSWORD = "correct horse battery"


@pytest.fixture
def stranger(console: Any, browser_of: Any) -> Any:
    return browser_of(console.app)


async def test_a_page_without_a_session_leads_to_sign_in_and_back(stranger) -> None:
    answer = await stranger.get("/waiting")
    assert (answer.status, answer.headers["location"]) == (303, "/sign-in?back=/waiting")


async def test_opening_a_link_does_not_use_it_up_and_pressing_it_does_once(
    console, stranger
) -> None:
    link = await console.link(console.shop, "once")
    for _ in range(2):
        assert (await stranger.get(link)).status == 200
    assert (await stranger.post(link)).status == 303
    assert (await stranger.get("/")).status == 200
    second = await stranger.post(link)
    assert second.status == 403
    assert "hudhud operator link" in second.text


async def test_a_link_that_ran_out_opens_nothing(console, stranger) -> None:
    link = await console.link(console.shop, "late", valid_s=-1)
    assert (await stranger.post(link)).status == 403
    assert not stranger.cookies


async def test_a_password_set_after_a_link_signs_in_and_ends_other_sessions(
    console, stranger
) -> None:
    first, second = await console.signed_in(), await console.signed_in()
    short = await first.post("/account/password", {"password": "short"})
    assert short.status == 422
    assert (await first.post("/account/password", {"password": PASSWORD})).status == 303
    assert (await first.get("/")).status == 200
    assert (await second.get("/")).status == 303
    form = {"email": " Sara@One.example ", "password": PASSWORD, "back": "/waiting"}
    answer = await stranger.post("/sign-in", form)
    assert (answer.status, answer.headers["location"]) == (303, "/waiting")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert (await stranger.get("/waiting")).status == 200


async def test_a_wrong_password_keeps_the_address_and_says_nothing_more(stranger) -> None:
    known = await stranger.post("/sign-in", {"email": "sara@one.example", "password": "no"})
    unknown = await stranger.post("/sign-in", {"email": "nobody@one.example", "password": "no"})
    assert known.status == unknown.status == 403
    assert 'value="sara@one.example"' in known.text
    assert known.text.replace("sara@", "nobody@") == unknown.text


async def test_guessing_is_stopped_before_the_password_is_looked_at(stranger) -> None:
    answers = [
        await stranger.post("/sign-in", {"email": "sara@one.example", "password": ""})
        for _ in range(9)
    ]
    assert [answer.status for answer in answers] == [403] * 8 + [429]


async def test_a_restart_keeps_people_signed_in(console) -> None:
    browser = await console.signed_in()
    context = console.app.routes[0].app.state.context
    browser.app = Starlette(routes=routes(context))
    assert (await browser.get("/")).status == 200
    async with console.database.reading(console.shop.merchant_id) as connection:
        hashes = await connection.fetch("select token_hash from session")
    assert browser.cookies["hudhud_session"].encode() not in {row[0] for row in hashes}


async def test_signing_out_ends_the_session_itself(console) -> None:
    browser = await console.signed_in()
    kept = dict(browser.cookies)
    assert (await browser.post("/sign-out")).status == 303
    assert not browser.cookies
    browser.cookies = kept
    assert (await browser.get("/")).status == 303


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.test"},
        {"origin": "null"},
        {"origin": ""},
        {"origin": "http://shop.test", "sec_fetch_site": "cross-site"},
        {"origin": "http://shop.test", "sec_fetch_site": "same-site"},
    ],
)
async def test_a_form_of_another_site_is_refused(console, headers) -> None:
    browser = await console.signed_in()
    answer = await browser.ask("POST", "/sign-out", headers=headers)
    assert answer.status == 403
    assert (await browser.get("/")).status == 200


@pytest.mark.parametrize("back", ["//evil.test", "https://evil.test", "/\\evil.test", "/\tx", ""])
async def test_sign_in_never_leads_to_another_site(stranger, back) -> None:
    answer = await stranger.post("/language", {"language": "en", "back": back})
    assert (answer.status, answer.headers["location"]) == (303, "/")


async def test_the_language_is_kept_before_and_after_signing_in(console, stranger) -> None:
    assert 'dir="rtl"' in (await stranger.get("/sign-in")).text
    await stranger.post("/language", {"language": "en", "back": "/sign-in"})
    assert 'dir="ltr"' in (await stranger.get("/sign-in")).text
    browser = await console.signed_in()
    assert 'lang="ar"' in (await browser.get("/")).text
    await browser.post("/language", {"language": "en"})
    browser.cookies.pop("hudhud_language")
    assert 'lang="en"' in (await browser.get("/")).text
