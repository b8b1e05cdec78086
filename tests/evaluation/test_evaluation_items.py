"""The items are enough, each of its own, and about rows that are there (issue 6)."""

from __future__ import annotations

from collections import Counter

from evaluation.figures import COLUMNS, GOALS, rows
from evaluation.items import ARABIC, DIALECTS, Item, items, sets
from evaluation.shops import assistant_for, shops

ITEMS = items()
SHOPS = shops()


def test_there_are_enough_items_of_every_dialect() -> None:
    dialects = Counter(item.dialect for item in ITEMS)
    assert sum(dialects[dialect] for dialect in ARABIC) >= 300
    assert dialects["english"] >= 100
    assert all(dialects[dialect] >= 30 for dialect in DIALECTS)


def test_every_set_has_orders_and_both_sides_of_every_hand_over() -> None:
    for name, chosen in sets().items():
        assert sum(item.dialect in ARABIC for item in chosen) >= 150, name
        assert sum(item.kind == "order" for item in chosen) >= 30, name
        handed = Counter(item.hand_over for item in chosen)
        assert min(handed[True], handed[False]) >= 30, name


def test_every_item_has_an_id_and_words_of_its_own() -> None:
    assert len({item.id for item in ITEMS}) == len(ITEMS)
    said = Counter((item.shop, item.turns) for item in ITEMS)
    assert [words for words, times in said.items() if times > 1] == []
    assert all(words.strip() for item in ITEMS for burst in item.turns for words in burst)


def test_what_is_expected_exists_in_the_shop() -> None:
    assert [found for item in ITEMS for found in _unknown(item)] == []


def test_every_item_is_judged_by_something() -> None:
    for item in ITEMS:
        told = (item.products, item.faq, item.intent, item.collected, item.order, item.no_order)
        assert any(told) or item.hand_over is not None or item.kind == "intent", item.id


def test_a_goal_that_nothing_was_asked_of_is_missed_and_not_left_out() -> None:
    empty = rows([])
    assert [row.measure for row in empty] == list(GOALS)
    assert {row.verdict for row in empty} == {"MISS", ""}
    assert set(COLUMNS) >= set(DIALECTS)


def _unknown(item: Item) -> list[str]:
    shop = SHOPS[item.shop]
    skus = {product.sku for product in shop.products}
    topics = {faq.topic for faq in shop.faqs}
    fields = {field.name for field in assistant_for(shop, collects=True).fields}
    named = {*item.products, *item.order} - skus | set(item.faq) - topics
    ordered = [product for product in shop.products if product.sku in item.order]
    chosen = [(*p.sizes, *p.colours_ar, *p.colours_en) for p in ordered]
    written = {row for one in chosen for row in one}
    words = written | {word for row in written for word in row.split()}
    return sorted(named | (set(item.collected) - fields) | (set(item.says) - words))
