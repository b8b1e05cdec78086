"""The call that looks into the merchant's own documents."""

from __future__ import annotations

from hudhud.core.knowledge import documents
from hudhud.core.tools.serving import Calls, Serving
from hudhud.model import Passage, SearchKnowledge


async def search_knowledge(serving: Serving, wanted: SearchKnowledge) -> tuple[Passage, ...]:
    """The passages that fit the words best."""
    return await documents.search(
        serving.database, serving.merchant_id, wanted.words, limit=wanted.limit
    )


CALLS: Calls = {SearchKnowledge: search_knowledge}
