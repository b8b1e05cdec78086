"""A batch cut into clauses, each with what is read of it."""

from hudhud.responders.selling.clauses.clause import Act, Clause
from hudhud.responders.selling.clauses.cutting import begins_joined, run_on
from hudhud.responders.selling.clauses.others import counted_out
from hudhud.responders.selling.clauses.reading import ANSWERS, clauses, plain_answer

__all__ = [
    "ANSWERS",
    "Act",
    "Clause",
    "begins_joined",
    "clauses",
    "counted_out",
    "plain_answer",
    "run_on",
]
