from __future__ import annotations

from hudhud.ops.sample.sample import sample


def test_the_sample_shop_is_whole_and_in_both_languages() -> None:
    shop = sample()
    assert len(shop.products) == 40
    assert len({product.sku for product in shop.products}) == 40
    assert {product.currency for product in shop.products} == {shop.merchant.currency}
    for product in shop.products:
        assert all(
            (product.name_ar, product.name_en, product.description_ar, product.description_en)
        )
        assert len(product.colours_ar) == len(product.colours_en)
        assert product.price_minor % 250_000 == 0, "no coin smaller than 250 dinars is in use"
    assert 2 <= sum(product.stock == 0 for product in shop.products) <= 8
    assert {"hours", "delivery", "returns", "payment", "location", "wholesale"} <= {
        faq.topic for faq in shop.faqs
    }
    assert [field.name for field in shop.assistants[1].fields] == ["name", "goal", "meal_plan"]
