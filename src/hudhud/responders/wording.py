"""Puts rows into sentences, in one language and one style of digits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from hudhud.model import Faq, Field, Product
from hudhud.responders import phrases, shelf
from hudhud.responders.telephones import Telephone
from hudhud.text import Digits, Language, digits, language, money

# Smaller bare numbers are counts («بيجامتين», "2 shirts") unless a size was asked for.
_SIZE_NUMBER_MIN = 20
_SIZE = re.compile(r"x{0,3}[sl]|m|\d{1,2}")


class Wording:
    """How one reply is worded: its language, its digits, and which stock is so low it is told."""

    def __init__(self, language: Language, style: Digits, low_stock: int) -> None:
        """Keep the choices of one reply; `style` holds for Arabic, English has Latin digits."""
        self.language: Language = language
        self.style: Digits = style if language == "ar" else "latin"
        self.low_stock = low_stock

    def product(
        self, product: Product, aspects: set[str], said: Sequence[str], *, single: bool
    ) -> str:
        """One product's line: price and stock always, sizes and colours when asked or alone."""
        parts = [
            phrases.say(
                "product",
                self.language,
                name=self.name(product),
                price=self.price(product),
                stock=self.stock(product),
            )
        ]
        everything = single and not aspects - {"stock"}
        parts += self._heard(product, aspects, said) if single else []
        if "sizes" in aspects or (everything and product.sizes):
            parts.append(self._sizes(product))
        if product.colours_ar and ("colours" in aspects or everything):
            parts.append(self._say("colours", colours=self.listed(self.colours(product))))
        return " ".join(parts)

    def caption(self, product: Product) -> str:
        """What stands below a product's picture: its name, price and stock."""
        return self.product(product, {"picture"}, (), single=False)

    def pictured(self, products: Sequence[Product]) -> str:
        """That these are shown."""
        several = len(products) > 1 or len(products[0].images) > 1
        return self._say("pictures" if several else "picture", names=self._named(products))

    def unpictured(self, products: Sequence[Product]) -> str:
        """That there is no picture of these; what is known of them follows."""
        return self._say("no_picture", names=self._named(products))

    def described(self, product: Product) -> str:
        """What the merchant wrote of it, untouched."""
        return self._pick(product.description_ar, product.description_en)

    def stock(self, product: Product) -> str:
        """Whether there is some; how much only when it is little."""
        if product.stock <= 0:
            return self._say("out_of_stock")
        if product.stock <= self.low_stock:
            return self._say("few_left", count=digits(str(product.stock), self.style))
        return self._say("in_stock")

    def name(self, product: Product) -> str:
        """The product's name."""
        return self._pick(product.name_ar, product.name_en)

    def names(self, products: Iterable[Product]) -> str:
        """Names with prices, as one list."""
        return self.listed(f"{self.name(p)} ({self.price(p)})" for p in products)

    def price(self, product: Product) -> str:
        """What it costs; from the least to the most where its sizes and colours differ."""
        least, *_, most = (*product.costs_minor, product.costs_minor[-1])
        told = [
            money(minor, product.currency, self.language, self.style)
            for minor in dict.fromkeys((least, most))
        ]
        return self._say("from_to", least=told[0], most=told[1]) if len(told) > 1 else told[0]

    def category(self, product: Product) -> str:
        """The product's category."""
        return self._pick(product.category_ar, product.category_en)

    def faq(self, row: Faq) -> str:
        """The merchant's own answer, untouched."""
        return self._pick(row.answer_ar, row.answer_en)

    def fields(self, fields: Iterable[Field], values: Mapping[str, str]) -> str:
        """What was collected, as one list."""
        return self.listed(
            self._say("field", label=self._label(f), value=self._value(f, values[f.name]))
            for f in fields
            if f.name in values
        )

    def noted(self, fields: Iterable[Field], values: Mapping[str, str]) -> str:
        """What was just told, as one sentence."""
        return self._say("noted_fields", fields=self.fields(fields, values))

    def doubted(self, number: Telephone) -> str:
        """What we ask about a telephone number."""
        return self._say(number.doubt, said=number.said)

    def ask(self, missing: Sequence[Field]) -> str:
        """One kind question for everything that is missing."""
        if len(missing) == 1:
            question = self._pick(missing[0].question_ar, missing[0].question_en)
            choices = self._choices(missing[0])
            return f"{question} ({choices})" if choices else question
        asked = self._say("semicolon").join(self._asked(field) for field in missing)
        return self._say("ask_many", fields=asked)

    def similar(self, products: Iterable[Product]) -> str:
        """What else there is of the same range."""
        return self._say("similar", names=self.names(products))

    def closest(self) -> str:
        """That what follows is not exactly what was asked for."""
        return self._say("closest")

    def listed(self, things: Iterable[str]) -> str:
        """«أ، ب، ج»."""
        return self._say("comma").join(things)

    def _named(self, products: Iterable[Product]) -> str:
        return self.listed(map(self.name, products))

    def _asked(self, field: Field) -> str:
        choices = self._choices(field)
        label = self._label(field)
        return self._say("choices", label=label, choices=choices) if choices else label

    def _choices(self, field: Field) -> str:
        return self._say("or").join(self._value(field, value) for value in field.choices)

    def _value(self, field: Field, value: str) -> str:
        """A stored choice in the customer's language, when there is a way of saying it so."""
        ways = (value, *field.choices.get(value, ()))
        return next((way for way in ways if language(way) == self.language), value)

    def _heard(self, product: Product, aspects: set[str], said: Sequence[str]) -> list[str]:
        heard = []
        sizes = [word for word in said if _SIZE.fullmatch(word)]
        if "sizes" not in aspects:
            sizes = [w for w in sizes if not w.isdigit() or int(w) >= _SIZE_NUMBER_MIN]
        size = shelf.size_said(said if "sizes" in aspects else sizes, product)
        if size:
            heard.append(self._say("size_yes", size=self.size(size)))
        elif sizes and "sizes" in aspects:
            heard.append(self._say("size_no", size=self.size(sizes[0].upper())))
        place = shelf.colour_said(said, product)
        if place is not None:
            heard.append(self._say("colour_yes", colour=self.colours(product)[place]))
        return heard

    def _sizes(self, product: Product) -> str:
        if not product.sizes:
            return self._say("no_sizes")
        return self._say("sizes", sizes=self.listed(map(self.size, product.sizes)))

    def size(self, size: str) -> str:
        """A size, a bare number in the digits of this reply."""
        return digits(size, self.style) if size.isdigit() else size

    def colours(self, product: Product) -> tuple[str, ...]:
        """The product's colours in the customer's language, where it has them in it."""
        arabic = self.language == "ar" or len(product.colours_en) != len(product.colours_ar)
        return product.colours_ar if arabic else product.colours_en

    def _label(self, field: Field) -> str:
        return self._pick(field.label_ar, field.label_en)

    def _pick(self, arabic: str, english: str) -> str:
        """The customer's language; the other one when the merchant left it empty."""
        return (english or arabic) if self.language == "en" else (arabic or english)

    def _say(self, key: str, **values: object) -> str:
        return phrases.say(key, self.language, **values)
