"""Templates: each rule taken out once by `mutants.py`."""

from __future__ import annotations

DATABASE = "tests/store/templates/test_templates_in_the_database.py"
FILLING = "tests/core/templates/test_template_filling.py"
JOURNEYS = "tests/journeys/test_template_journeys.py"

RULES = (
    (
        "S8: our own pause ends only by a list that was asked for after it",
        "store/templates/syncs.py",
        "paused_at = case when excluded.status = 'APPROVED' and t.paused_at < $4 then null",
        "paused_at = case when excluded.status = 'APPROVED' then null",
        DATABASE,
    ),
    (
        "S8: a list does not take back what a later webhook told",
        "store/templates/syncs.py",
        "status = case when t.status_at <= $4 then excluded.status else t.status end,",
        "status = excluded.status,",
        DATABASE,
    ),
    (
        "S8: a webhook that came late does not take back what is known",
        "store/schema/functions/special_messages.sql",
        "status = case when said.what = 'status' and said.at >= t.status_at then",
        "status = case when said.what = 'status' then",
        DATABASE,
    ),
    (
        "S8: a template that the provider refused as paused is not used again",
        "store/schema/functions/unsettled_sends.sql",
        "perform pause_templates(p_row);",
        "null;",
        DATABASE,
    ),
    (
        "S8: what is not approved is refused before anything is written",
        "core/templates/fitness.py",
        'if stands != "ready":',
        "if False:",
        JOURNEYS,
    ),
    (
        "S8: numbered places are filled in their order, wherever they stand",
        "channels/whatsapp/templates.py",
        "return tuple(sorted(found, key=int)) if numbered else found",
        "return found",
        FILLING,
    ),
)
