"""`hudhud knowledge` and `hudhud faq`: the console's deeds, typed."""

from __future__ import annotations


def test_a_document_is_added_found_shown_and_removed(served, tmp_path):
    served("merchant", "add", "shop", "متجر")
    assert "hudhud knowledge add" in served("knowledge", "list").out
    file = tmp_path / "سياسة الإرجاع.md"
    file.write_text("# الإرجاع\n\nخلال ١٤ يومًا من الشراء.", encoding="utf-8")
    added = served("knowledge", "add", str(file), "--json").json()
    assert added["passages"] == 1
    (listed,) = served("knowledge", "list", "--json").json()
    assert (listed["name"], listed["kind"], listed["status"]) == (
        "سياسة الإرجاع",
        "markdown",
        "ready",
    )
    (found,) = served("knowledge", "search", "كم يوم للارجاع", "--json").json()
    assert found["text"] == "خلال ١٤ يومًا من الشراء."
    assert "١٤" in served("knowledge", "show", str(added["id"])).out
    assert served("knowledge", "remove", str(added["id"])).code == 0
    assert served("knowledge", "show", str(added["id"])).code == 1
    assert served("knowledge", "remove", str(added["id"])).code == 1


def test_what_cannot_be_read_says_why(served, tmp_path):
    served("merchant", "add", "shop", "متجر")
    file = tmp_path / "a.pdf"
    file.write_bytes(b"no pdf")
    refused = served("knowledge", "add", str(file))
    assert (refused.code, "damaged" in refused.everything) == (2, True)
    assert served("knowledge", "add", str(tmp_path / "none.txt")).code == 2
    assert served("knowledge", "add", "-").code == 2
    assert served("knowledge", "list", "--json").json()[0]["reason"] == "broken"


def test_an_answer_is_set_changed_and_removed_by_its_topic(served):
    served("merchant", "add", "shop", "متجر")
    assert served("faq", "set", "wifi").code == 2
    asked = ("--question-ar", "عندكم واي فاي؟")
    assert served("faq", "set", "wifi", *asked, "--answer-ar", "نعم").code == 0
    assert served("faq", "set", "wifi", "--answer-en", "Yes").code == 0
    (faq,) = served("faq", "list", "--json").json()
    assert (faq["question_ar"], faq["answer_ar"], faq["answer_en"]) == (asked[1], "نعم", "Yes")
    assert "Nothing" in served("faq", "unanswered").out
    assert served("faq", "remove", "wifi").code == 0
    assert served("faq", "remove", "wifi").code == 1
