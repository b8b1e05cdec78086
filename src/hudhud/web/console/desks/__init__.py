"""People and their time: desks, hours, appointments, and when an inbox gives to them."""

from __future__ import annotations

from starlette.routing import BaseRoute, Route

from hudhud.web.console.desks import appointments, escalation, hours, teams
from hudhud.web.console.page import for_operators


def routes() -> list[BaseRoute]:
    """Every address of theirs."""
    inside, post = for_operators, ["POST"]
    return [
        Route("/desks", inside(teams.desks_page)),
        Route("/desks", inside(teams.add), methods=post),
        Route("/desks/{code}", inside(teams.change), methods=post),
        Route("/hours", inside(hours.hours_page)),
        Route("/hours", inside(hours.set_week), methods=post),
        Route("/hours/holidays", inside(hours.add_holiday), methods=post),
        Route("/hours/holidays/remove", inside(hours.remove_holiday), methods=post),
        Route("/hours/calendar", inside(hours.set_calendar), methods=post),
        Route("/bookings", inside(appointments.bookings_page)),
        Route("/bookings/{id:row}/cancel", inside(appointments.cancel), methods=post),
        Route("/inboxes/{id:row}/people", inside(escalation.people_page)),
        Route("/inboxes/{id:row}/people", inside(escalation.set_people), methods=post),
    ]
