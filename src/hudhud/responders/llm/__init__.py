"""Asks a language model, lets it use the assistant's tools, and reads the contract in its text."""

from hudhud.responders.llm.answering import answer, warm
from hudhud.responders.llm.options import SECRETS, Options, service
from hudhud.responders.llm.summarising import summarise

__all__ = ["SECRETS", "Options", "answer", "service", "summarise", "warm"]
