"""One running house for all browser tests; every test has a merchant and a number of its own."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Iterator

import pytest
from playwright.async_api import Browser, BrowserContext, async_playwright

from homes import Home, running
from hudhud.ops.engines import PostgresqlEngine
from shops import Shop, opened_shop

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), ""
)
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="package")
def home(migrated: PostgresqlEngine) -> Iterator[Home]:
    with running(migrated, "browser") as started:
        yield started


@pytest.fixture
async def shop(home: Home) -> AsyncIterator[Shop]:
    async with opened_shop(home.house, home.owner_url) as shop:
        yield shop


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    if not CHROMIUM:
        pytest.skip("no Chromium here: as root on Debian `make test` installs it")
    async with async_playwright() as driver:
        opened = await driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield opened
        await opened.close()


@pytest.fixture
async def context(browser: Browser) -> AsyncIterator[BrowserContext]:
    opened = await browser.new_context()
    yield opened
    await opened.close()
