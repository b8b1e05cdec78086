"""The offline responder's way with orders, from a wish to a number; see `dialogue`.

`clauses`, `wishes` and `particulars` read a batch, `pending` what we asked before it; `choosing`,
`changing`, `closing` and `afterwards` decide; `sentences` and `showing` say it; `carrying` makes
the calls.
"""

from hudhud.responders.selling.agreeing import bare_nod
from hudhud.responders.selling.carrying import carried_out
from hudhud.responders.selling.dialogue import sell, sells
from hudhud.responders.selling.sale import Sale
from hudhud.responders.selling.showing import sold

__all__ = ["Sale", "bare_nod", "carried_out", "sell", "sells", "sold"]
