"""Console, command, API and metrics show the same report, because it is one (Q7)."""

from __future__ import annotations

import asyncio
import json
import os
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from console_seed import Talk, ago, fill
from prometheus_client.parser import text_string_to_metric_families

from hudhud.core.setting_up import api_token
from hudhud.settings import Settings
from hudhud.web import texts
from hudhud.web.probes import Probes

KEY_HEX = "00112233445566778899aabbccddeeff" * 2


async def busy(console: Any) -> None:
    """A day of one shop, with what only a failure leaves behind, and something of another's."""
    await fill(console.database, console.shop)
    async with console.database.deed(console.shop.merchant_id) as connection:
        for number, columns in enumerate(({}, {"lease_until": ago(5), "closed_id": 10**9})):
            talk = await Talk.begin(connection, console.shop, "ريم", f"96477{number:07}")
            await talk.says("سؤال", ago(100))
            await talk.set(**columns)
    async with console.database.deed(console.other.merchant_id) as connection:
        talk = await Talk.begin(connection, console.other, "x", "962")
        await talk.says("Hi", ago(9))


async def by_command(database_url: Any, folder: Path) -> Any:
    environ = {k: v for k, v in os.environ.items() if not k.startswith("HUDHUD_")} | {
        "HUDHUD_DATABASE_URL": database_url.app_url,
        "HUDHUD_DATA_DIR": str(folder),
        "SECRET_KEY": KEY_HEX,
        "ENCRYPTION_KEY_HEX": KEY_HEX,
    }
    command = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "hudhud", "queue", "show", "--json",
        env=environ, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    out, _ = await command.communicate()
    assert command.returncode == 0
    return json.loads(out)


async def by_metrics(console: Any, folder: Path) -> tuple[dict[str, int], dict[str, int]]:
    settings = Settings(data_dir=folder, secret_key=console.secret)
    probes = Probes(console.database, settings, lambda: True)
    answer = await probes.metrics(None)  # type: ignore[arg-type] # it reads no request
    waiting: Counter[str] = Counter()
    totals: dict[str, int] = {}
    for family in text_string_to_metric_families(bytes(answer.body).decode()):
        for sample in family.samples:
            if sample.labels.get("merchant") != str(console.shop.merchant_id):
                continue
            if sample.name == "hudhud_waiting":
                waiting[sample.labels["state"]] += int(sample.value)
            elif sample.name in ("hudhud_inbox_messages", "hudhud_inbox_processed"):
                totals[sample.name.removeprefix("hudhud_inbox_")] = int(sample.value)
    return dict(waiting), totals


async def test_console_command_api_and_metrics_agree(console, database_url, tmp_path) -> None:
    await busy(console)
    command = await by_command(database_url, tmp_path)
    ours = [row for row in command["waiting"] if row["merchant"] == "one"]
    wanted = {row["state"]: row["count"] for row in ours}
    assert {"orphan", "expired", "person", "unknown", "dead_letter", "set_aside"} <= set(wanted)
    (inbox,) = [row for row in command["inboxes"] if row["merchant"] == "one"]

    waiting, totals = await by_metrics(console, tmp_path)
    assert waiting == wanted
    assert totals == {"messages": inbox["total"], "processed": inbox["processed"]}

    token = await api_token(console.database, console.secret, "sara@one.example", name="t")
    browser = await console.signed_in()
    answer = await browser.ask("GET", "/api/v1/queue", headers={"authorization": f"Bearer {token}"})
    told = json.loads(answer.body)
    assert {row["state"]: row["count"] for row in told["waiting"]} == wanted
    assert {row["state"]: row["count"] for row in told["states"]} == wanted
    assert told["channels"][0]["count"] == sum(wanted.values())
    assert told["inboxes"] == [{k: v for k, v in inbox.items() if k != "merchant"}]

    await browser.post("/language", {"language": "en"})
    page = (await browser.get("/waiting")).text
    assert _drawn(page) == wanted
    assert f'<td class="num">{inbox["total"]}</td><td class="num">{inbox["processed"]}</td>' in page


def _drawn(page: str) -> dict[str, int]:
    """The counts of the page's own table, by the state that each row's words name."""
    names = {v: k.removeprefix("state.") for k, v in texts.table("en").items() if k[:6] == "state."}
    rows = re.findall(
        r'<th scope="row">(?:<a [^>]*>)?([^<]+)(?:</a>)?</th>\s*<td class="big num">(\d+)</td>',
        page,
    )
    return {names[said]: int(count) for said, count in rows if int(count)}
