"""Whether a clause tells one more of what was named, in another size or colour; pure."""

from __future__ import annotations

from hudhud.responders.selling import traits
from hudhud.responders.selling.clauses import Clause
from hudhud.responders.selling.wanted.wish import Wish


def another(last: Wish, clause: Clause) -> bool:
    """Whether one more of the same is told: «كلتش ذهبي وواحد فضي», «اصفر M ووردي S»."""
    if any(mark.deed == "no" for mark in clause.marks) or len(last.found.products) != 1:
        return False
    product = last.found.products[0]
    was, now = (traits.colours(one, product) for one in (last.said, clause.said))
    sized = of_other_size(last, clause)
    if (was and now) and was[-1] != now[0]:
        return sized or bool(clause.counts)
    size = traits.size(clause.said, product)
    places = size.places if size is not None else frozenset[int]()
    return sized and any(one.start not in places for one in clause.counts)


def of_the_last(last: Wish | None, clause: Clause) -> bool:
    """Whether so many more of what was named are told: «وبدي واحد اسود», «وكمان وحدة كحلي»."""
    if last is None or not (last.named and last.act in ("add", "more")) or clause.named:
        return False
    return bool(clause.counts) and set(clause.acts) <= {"more"} and made_so(clause, last)


def of_other_size(last: Wish, clause: Clause) -> bool:
    """Whether the same is named again in another size: «مطارة نص لتر ومطارة لتر»."""
    product = last.found.products[0]
    told = (traits.size(one, product) for one in (last.said, clause.said))
    return len({size.size for size in told if size is not None and size.size}) > 1


def made_so(clause: Clause, wish: Wish) -> bool:
    """Whether what was asked about is made in the size or colour that is said."""
    product = wish.found.products[0]
    size = traits.size(clause.said, product)
    return bool(size and size.size) or bool(traits.colour(clause.said, product))
