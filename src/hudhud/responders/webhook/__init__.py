"""An inbox's own URL answers: it gets the batch, signed, and gives the contract back (S10)."""

from hudhud.responders.webhook.answering import answer
from hudhud.responders.webhook.options import SECRETS, Options, service

__all__ = ["SECRETS", "Options", "answer", "service"]
