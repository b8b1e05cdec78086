"""A merchant's catalogue as this process last read it, and what each form is worth in it.

Customers of one shop ask with the same words, and comparing a word with every product costs
PostgreSQL milliseconds, more than all else that an answer costs. So worth is counted once for
each form and catalogue, and kept. PostgreSQL stays the truth: before each use the numbers of the
last changes are compared, and the part that has another number is read anew: the catalogue, the
knowledge, or of an order no more than how many are left.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, Generic, NamedTuple, TypeVar
from weakref import WeakKeyDictionary

import msgspec

from hudhud.model import Faq, Passage, Product
from hudhud.model.goods import PICTURES_MAX
from hudhud.store.catalogue import rows
from hudhud.store.catalogue.library import Library
from hudhud.store.catalogue.ranking import Terms, forms, ranked
from hudhud.store.catalogue.stock import Versions, counted, little_of_each
from hudhud.store.catalogue.vocabulary import Vocabulary
from hudhud.store.knowledge import documents
from hudhud.store.pool import Connection, Database

# As many rows as PostgreSQL compares all of (catalogue.sql); more are asked each time.
FEW: Final = 200
# Some 3 kB each, with where its words stand.
FEW_PASSAGES: Final = 400
# Of more passages: so many candidates are read for one asking.
CANDIDATES_MAX: Final = 60
# About 3 kB a product and 200 bytes a form: 64 merchants of 40 products take some 12 MB.
SHELVES_MAX: Final = 64
FORMS_KEPT_MAX: Final = 4096
BROWSED_MAX: Final = 24
# Of a catalogue that is too large to keep: the most rows that an asking can be given.
FOUND_MAX: Final = 32
# A word that stands in a row as it is, if only in its description (catalogue.sql): 0.6 + 0.25.
WHOLE_MIN: Final = 0.85

Row = TypeVar("Row", Product, Faq)
Kept = dict[str, list[tuple[int, float]]]


class Wanted(NamedTuple):
    """A form whose worth is to be asked, of which term of which asking, and whether it was said."""

    form: str
    term: int
    asking: int
    said: bool


@dataclass(slots=True)
class Board(Generic[Row]):
    """Rows of one kind by id, and the worth of the forms that were asked for.

    `whole` says whether these are all rows of the merchant; `vocabulary` is every word of theirs,
    so that what nobody said is only compared where it stands.
    """

    rows: dict[int, Row]
    whole: bool
    worths: Kept = field(default_factory=dict)
    vocabulary: Vocabulary | None = None

    def found(self, terms: Terms, limit: int) -> list[Row]:
        """The rows that fit the terms best, best first, with their scores."""
        if not self.rows:
            return []
        # Worth may be newer than the rows by one change: what is not there is not offered.
        there = [
            (self.rows[n], score)
            for n, score in ranked(self.worths, terms, self.vocabulary)
            if n in self.rows
        ]
        return [msgspec.structs.replace(row, score=score) for row, score in there[:limit]]

    def learn(self, asked: Sequence[str], told: Mapping[str, Any]) -> None:
        """Keep what forms are worth; what fits nothing is worth knowing too."""
        for name in asked if self.whole else ():
            ids, worths = told.get(name, ((), ()))
            self.worths[name] = list(zip(ids, worths, strict=True))

    def unknown(self, asked: Sequence[Terms]) -> list[str]:
        """The forms whose worth would be kept, and is not known yet."""
        return [*dict.fromkeys(wanted.form for wanted in self.missing(asked))] if self.whole else []

    def missing(self, asked: Sequence[Terms]) -> list[Wanted]:
        """The forms whose worth is not known yet."""
        if self.whole and not self.rows:
            return []
        return [
            wanted for wanted in _wanted(asked, self.vocabulary) if wanted.form not in self.worths
        ]


def _wanted(asked: Sequence[Terms], vocabulary: Vocabulary | None = None) -> Iterator[Wanted]:
    for place, terms in enumerate(asked):
        for form in forms(terms, vocabulary):
            yield Wanted(form.form, form.term, place, form.said)


@dataclass(slots=True)
class Shelf:
    """What a merchant sells and has answered, ready for the askings that it was opened with."""

    versions: Versions
    product_board: Board[Product]
    faq_board: Board[Faq]
    library: Library
    browsed: list[Product]

    def products(self, terms: Terms, *, limit: int) -> list[Product]:
        """The products that fit the terms best, best first; no terms find nothing."""
        return self.product_board.found(terms, limit)

    def browse(self, *, limit: int) -> list[Product]:
        """A little of every category, what is in stock first: for who asks what there is."""
        return self.browsed[:limit]

    def faqs(self, terms: Terms, *, limit: int) -> list[Faq]:
        """All answered questions where there are few, else those that fit the terms best."""
        if self.faq_board.whole and len(self.faq_board.rows) <= limit:
            return list(self.faq_board.rows.values())
        return self.faq_board.found(terms, limit)

    def passages(self, terms: Terms, *, limit: int) -> list[Passage]:
        """The passages of the merchant's documents that fit the terms best, best first."""
        return self.library.found(terms, limit)

    def knows(self, asked: Sequence[Terms], faqs_all: int) -> bool:
        """Whether what is kept needs nothing of PostgreSQL for these askings."""
        return not self.full() and not any(_unknown(self, asked, faqs_all))

    @property
    def whole(self) -> bool:
        """Whether all rows of every kind are kept."""
        return self.product_board.whole and self.faq_board.whole and self.library.whole

    @property
    def counted(self) -> list[int]:
        """The products whose stock is kept here."""
        board = self.product_board
        return [*board.rows] if board.whole else [product.id for product in self.browsed]

    def asked_of_faqs(self, asked: Sequence[Terms], faqs_all: int) -> Sequence[Terms]:
        """The askings for which the questions have to be searched: none where all are read."""
        board = self.faq_board
        return () if board.whole and len(board.rows) <= faqs_all else asked

    def full(self) -> bool:
        """Whether it holds so many forms that it should be begun anew."""
        return len(self.product_board.worths) > FORMS_KEPT_MAX


_kept: WeakKeyDictionary[Database, dict[int, Shelf]] = WeakKeyDictionary()


async def shelf_of(
    database: Database,
    merchant_id: int,
    asked: Sequence[Terms],
    *,
    faqs_all: int = 0,
    versions: Versions | None = None,
) -> Shelf:
    """Open a merchant's shelf for some askings, in fewer round trips the more of it is known.

    Args:
        database: the process's pool.
        merchant_id: whose.
        asked: what is going to be looked for, each asking as `text.search_terms` gives it.
        faqs_all: so many questions are going to be read whole, and are not searched.
        versions: what SQL `shelf_versions` says now, where the caller has read it already; what is
            kept of the same needs no round trip.

    Raises:
        StoreUnavailableError: PostgreSQL does not answer.
    """
    shelves = _kept.setdefault(database, {})
    known = shelves.get(merchant_id)
    if known is None or known.versions != versions or not known.knows(asked, faqs_all):
        known = await _brought(database, merchant_id, known, asked, faqs_all)
    shelves.pop(merchant_id, None)
    shelves[merchant_id] = known  # the one used last is thrown away last
    while len(shelves) > SHELVES_MAX:
        del shelves[next(iter(shelves))]
    if known.whole:
        return known
    async with database.reading(merchant_id) as connection:
        return await _filled(connection, merchant_id, known, asked, faqs_all)


async def warm(
    database: Database, merchant_id: int, asked: Sequence[Terms], *, faqs_all: int = 0
) -> None:
    """Bring a merchant's shelf up to date, and what these askings need of it.

    Raises:
        StoreUnavailableError: PostgreSQL does not answer.
    """
    known = _kept.setdefault(database, {}).get(merchant_id)
    # A large catalogue is searched for each asking anew, and once is enough.
    if known is None or known.whole:
        await shelf_of(database, merchant_id, asked, faqs_all=faqs_all)


async def _brought(
    database: Database, merchant_id: int, known: Shelf | None, asked: Sequence[Terms], faqs_all: int
) -> Shelf:
    """The shelf as PostgreSQL has it now, with the worth of what is asked where all rows are kept.

    One round trip; one more where rows came that are called otherwise than those before.
    """
    # Begun anew only here: one asking may hold more forms than are kept between askings.
    fresh = None if known is None or known.full() else known
    while True:
        wanted = _unknown(known, asked, faqs_all)
        (told,) = await database.call(
            "select * from open_shelf($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            *(merchant_id, fresh and [*fresh.versions], fresh and fresh.counted),
            *(FEW, FEW_PASSAGES, BROWSED_MAX, PICTURES_MAX, *wanted),
        )
        known = fresh = await _renewed(database, merchant_id, told, known, fresh)
        known.product_board.learn(wanted[0], told["product_worth"] or {})
        known.faq_board.learn(wanted[1], told["faq_worth"] or {})
        if not any(_unknown(known, asked, faqs_all)):
            return known


def _unknown(
    known: Shelf | None, asked: Sequence[Terms], faqs_all: int
) -> tuple[list[str], list[str]]:
    """The forms whose worth is to be asked with the rows, of products and of questions; pure."""
    if known is None:
        # What may be meant besides is asked only where it stands, and nobody knows where that is.
        said = [wanted.form for wanted in _wanted(asked) if wanted.said]
        return said, [] if faqs_all else said
    faqs_asked = known.asked_of_faqs(asked, faqs_all)
    return known.product_board.unknown(asked), known.faq_board.unknown(faqs_asked)


async def _renewed(
    database: Database, merchant_id: int, told: Any, old: Shelf | None, fresh: Shelf | None
) -> Shelf:
    """A shelf of what was just read, and of what did not have to be."""
    versions = Versions(*told["versions"])
    if fresh is not None and fresh.versions == versions:
        return fresh
    if fresh is None or told["products"] is not None:
        products = msgspec.convert(told["products"], list[Product])
        board = _board(products, old.product_board if old else None)
        some = msgspec.convert(told["browsed"], list[Product])
        browsed = little_of_each(products, BROWSED_MAX) if board.whole else some
    else:
        board, browsed = await _recounted(database, merchant_id, fresh, told["free"])
    if fresh is None or told["faqs"] is not None:
        faq_board = _board(msgspec.convert(told["faqs"], list[Faq]), old.faq_board if old else None)
        passages = msgspec.convert(told["passages"], list[Passage])
        library = await _library(passages, old.library if old else None)
    else:
        faq_board, library = fresh.faq_board, fresh.library
    return Shelf(versions, board, faq_board, library, browsed)


async def _recounted(
    database: Database, merchant_id: int, known: Shelf, free: Mapping[str, int] | None
) -> tuple[Board[Product], list[Product]]:
    """The products after something was sold: the numbers are others, and nothing else."""
    board = known.product_board
    if free is None:
        return board, known.browsed
    of = [*board.rows.values()] if board.whole else known.browsed
    now = counted(of, free)
    if board.whole:
        board = replace(board, rows={product.id: product for product in now})
        return board, little_of_each(now, BROWSED_MAX)
    if any((one.stock == 0) != (old.stock == 0) for one, old in zip(now, of, strict=True)):
        async with database.reading(merchant_id) as connection:
            return board, await rows.browse(connection, merchant_id, limit=BROWSED_MAX)
    return board, now


async def _library(read: list[Passage], old: Library | None) -> Library:
    if old is not None and old.whole and [*old.passages.values()] == read:
        return old
    if len(read) > FEW_PASSAGES:
        return Library({}, whole=False)
    # Milliseconds for each hundred, of which answers beside it must not wait.
    return await asyncio.to_thread(Library.of, read, whole=True)


def _board(read: list[Row], old: Board[Row] | None) -> Board[Row]:
    if len(read) > FEW:
        return Board({}, whole=False)
    # What was sold, or costs more now, is called as before: stock changes with every order.
    if old is not None and [_called(row) for row in old.rows.values()] == [*map(_called, read)]:
        kept, vocabulary = old.worths, old.vocabulary
    else:
        # A question is asked in few words, which say what they say; a thing is described.
        kin = any(isinstance(row, Product) for row in read)
        stand = (word for row in read for word in rows.folded(row).split())
        kept, vocabulary = {}, Vocabulary(stand, kin=kin)
    return Board(
        {row.id: row for row in read},
        whole=True,
        worths=kept if len(kept) <= FORMS_KEPT_MAX else {},
        vocabulary=vocabulary,
    )


def _called(row: Row) -> Row:
    if isinstance(row, Product):
        return msgspec.structs.replace(row, stock=0, price_minor=0, images=(), coloured={})
    return row


async def _filled(
    connection: Connection, merchant_id: int, known: Shelf, asked: Sequence[Terms], faqs_all: int
) -> Shelf:
    """The shelf with what is asked for; a large catalogue gets boards for this asking alone."""
    faqs_asked = known.asked_of_faqs(asked, faqs_all)
    return Shelf(
        versions=known.versions,
        product_board=await _asked_board(
            connection, merchant_id, known.product_board, "product_worths", rows.products, asked
        ),
        faq_board=await _asked_board(
            connection, merchant_id, known.faq_board, "faq_worths", rows.faqs, faqs_asked
        ),
        library=await _asked_library(connection, merchant_id, known.library, asked),
        browsed=known.browsed,
    )


async def _asked_library(
    connection: Connection, merchant_id: int, library: Library, asked: Sequence[Terms]
) -> Library:
    """The library; of a large one the passages that hold most of what is asked, for it alone."""
    wanted = [*_wanted(asked)]
    if library.whole or not wanted:
        return library
    held = await connection.fetch(
        "select passages_holding($1, $2, $3, $4, $5, $6) as id",
        *(merchant_id, *(list(column) for column in zip(*wanted, strict=True)), CANDIDATES_MAX),
    )
    ids = [row["id"] for row in held]
    found = await documents.passages(connection, merchant_id, ids=ids, limit=CANDIDATES_MAX)
    return Library.of(found, whole=False)


async def _asked_board(
    connection: Connection,
    merchant_id: int,
    board: Board[Row],
    function: str,
    read: Callable[..., Awaitable[list[Row]]],
    asked: Sequence[Terms],
) -> Board[Row]:
    if board.whole:
        return board
    missing = board.missing(asked)
    worths = await _large_worths(connection, function, merchant_id, missing) if missing else {}
    best = {n for terms in asked for n, _ in ranked(worths, terms)[:FOUND_MAX]}
    found = await read(connection, merchant_id, ids=list(best), limit=len(best))
    return Board({row.id: row for row in found}, whole=False, worths=worths)


async def _large_worths(
    connection: Connection, function: str, merchant_id: int, missing: list[Wanted]
) -> Kept:
    """What was said; what else it may be is asked only of terms that stand nowhere as said."""
    said = [wanted for wanted in missing if wanted.said]
    worths = await _worths(connection, function, merchant_id, said)
    stand = {
        (wanted.asking, wanted.term)
        for wanted in said
        if any(worth >= WHOLE_MIN for _, worth in worths[wanted.form])
    }
    others = [w for w in missing if not w.said and (w.asking, w.term) not in stand]
    # Once more with what was said: the rows that PostgreSQL compares are chosen by all of them.
    return await _worths(connection, function, merchant_id, said + others) if others else worths


async def _worths(
    connection: Connection, function: str, merchant_id: int, missing: list[Wanted]
) -> Kept:
    asked_for, terms, askings, _ = (list(column) for column in zip(*missing, strict=True))
    told = await connection.fetch(
        f"select form, ids, worths from {function}($1, $2, $3, $4)",
        *(merchant_id, asked_for, terms, askings),
    )
    worths: Kept = {form: [] for form in asked_for}  # what fits nothing is worth knowing too
    worths |= {row["form"]: list(zip(row["ids"], row["worths"], strict=True)) for row in told}
    return worths
