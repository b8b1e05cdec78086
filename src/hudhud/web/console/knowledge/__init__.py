"""What the merchant wrote: documents, and answered questions."""

from __future__ import annotations

from starlette.routing import BaseRoute, Route

from hudhud.web.console.knowledge import documents, questions
from hudhud.web.console.page import for_operators


def routes() -> list[BaseRoute]:
    """Every address of theirs."""
    inside, post = for_operators, ["POST"]
    document, question = "/knowledge/documents", "/knowledge/questions"
    return [
        Route("/knowledge", inside(documents.list_page)),
        Route(document, inside(documents.add), methods=post),
        Route(f"{document}/{{id:row}}", inside(documents.document_page)),
        Route(f"{document}/{{id:row}}/remove", inside(documents.remove), methods=post),
        Route("/knowledge/passages/{id:row}", inside(documents.passage)),
        Route(question, inside(questions.list_page)),
        Route(f"{question}/new", inside(questions.new_page)),
        Route(f"{question}/new", inside(questions.save), methods=post),
        Route(f"{question}/{{id:row}}", inside(questions.edit_page)),
        Route(f"{question}/{{id:row}}", inside(questions.save), methods=post),
        Route(f"{question}/{{id:row}}/remove", inside(questions.remove), methods=post),
    ]
