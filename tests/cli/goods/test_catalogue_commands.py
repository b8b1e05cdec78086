"""`hudhud catalogue`: a list comes in, is looked at first, and comes out as it was."""

from __future__ import annotations

from pathlib import Path

LIST = "sku,name,price,stock\nSH-1,قميص,25000,5\nXX-1,غلط,25.000,1\n"


def test_a_list_is_looked_at_then_comes_in_and_goes_out(served, tmp_path: Path) -> None:
    assert served("merchant", "add", "shop", "متجر").code == 0
    file, out = tmp_path / "list.csv", tmp_path / "out.csv"
    file.write_text(LIST, encoding="utf-8")
    looked = served("catalogue", "import", str(file), "--dry-run")
    assert looked.code == 1
    assert "1 would be new" in looked.out
    assert "25.000" in looked.out
    assert "two readings" in looked.out
    assert served("catalogue", "list", "--json").json() == []
    told = served("catalogue", "import", str(file), "--json")
    assert told.code == 1
    assert {name: told.json()[name] for name in ("new", "wrong", "applied")} == {
        "new": 1,
        "wrong": 1,
        "applied": True,
    }
    (row,) = served("catalogue", "list", "قَميص", "--json").json()
    assert (row["sku"], row["price_minor"], row["left"]) == ("SH-1", 25_000_000, 5)
    assert served("catalogue", "export", str(out)).code == 0
    again = served("catalogue", "import", str(out), "--json")
    assert again.code == 0
    assert again.json()["unchanged"] == 1
    assert not again.json()["applied"]


def test_a_column_is_what_one_says(served, tmp_path: Path) -> None:
    served("merchant", "add", "shop", "متجر")
    file = tmp_path / "list.csv"
    file.write_text("sku,name,cost\nSH-1,قميص,25000\n", encoding="utf-8")
    said = served("catalogue", "import", str(file), "--columns", "cost=price", "--json")
    assert (said.code, said.json()["new"]) == (0, 1)
    assert served("catalogue", "import", str(file), "--columns", "cost=what").code == 2
    gone = served("catalogue", "import", str(tmp_path / "no.csv"))
    assert gone.code == 2
    file.write_bytes(b"%PDF-1.7")
    unfit = served("catalogue", "import", str(file))
    assert (unfit.code, "CSV, XLSX or JSON" in unfit.err) == (2, True)


def test_what_a_list_does_not_name_goes_off_sale_where_one_says_so(served, tmp_path: Path) -> None:
    served("merchant", "add", "shop", "متجر")
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    first.write_text('[{"sku": "A", "name": "قميص", "price": 5}]', encoding="utf-8")
    second.write_text('[{"sku": "B", "name": "ثوب", "price": 5}]', encoding="utf-8")
    assert served("catalogue", "import", str(first)).code == 0
    told = served("catalogue", "import", str(second), "--missing-off-sale", "--json").json()
    assert (told["missing"], told["off_sale"]) == (1, 1)
    listed = {row["sku"]: row["on_sale"] for row in served("catalogue", "list", "--json").json()}
    assert listed == {"A": False, "B": True}
