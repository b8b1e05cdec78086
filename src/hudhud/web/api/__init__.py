"""The API for programs: an application of its own under /api/v1, with tokens instead of cookies."""

from hudhud.web.api.app import PREFIX, api

__all__ = ["PREFIX", "api"]
