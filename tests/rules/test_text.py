"""Text made fit to keep: the same for every way in, its length first."""

import time
import unicodedata

import pytest

from induction.content import signs
from induction.rules import text
from induction.rules.text import Unfit

UNSEEN = ("\u200b", "\u200e", "\u00ad", "\ufeff", "\u2060", "\u202e", "\u2066", "\u180e", "\u034f", "\u3164", "\u2800", "\U000e0041")
NEVER = {
    "a control": "\x00", "escape": "\x1b", "delete": "\x7f", "half a character": "\ud800", "a private sign": "\U000f4005",
    "a private sign of Apple's": "\uf8ff", "no character": "\uffff", "one not given out": "\u0378", "a lost letter": "\ufffd",
}


@pytest.mark.parametrize("sign", UNSEEN, ids=signs.name)
def test_signs_that_nobody_sees_are_nothing(sign):
    assert text.line(sign) == text.lines(sign * 3, 10) == text.name(f" {sign} ") == ""
    assert text.line(f"Te{sign}ss{sign}") == text.name(f"{sign}Tess") == "Tess"
    assert text.folded(f"Te{sign}ss") == "tess"


def test_an_accent_without_its_letter_is_nothing():
    assert text.line("\u0301") == text.name(" \u0301\u200b") == ""


@pytest.mark.parametrize("words", ["👩‍🏫", "❤️‍🔥", "🏴󠁧󠁢󠁷󠁬󠁳󠁿", "می‌خواهم", "क्‍ष", "1️⃣"])
def test_signs_that_join_or_colour_what_is_seen_stay(words):
    assert text.line(words) == words


@pytest.mark.parametrize("sign", NEVER.values(), ids=NEVER.keys())
def test_what_no_text_can_hold_is_named_with_its_line(sign):
    with pytest.raises(Unfit, match=r"U\+FFFD|" + signs.name(sign).replace("+", r"\+") if sign != "\ufffd" else "lost"):
        text.line(f"Tess {sign}")
    with pytest.raises(Unfit, match="on line 3"):
        text.lines(f"One\r\nTwo\x0bThree {sign}", 100)


def test_one_normal_form_one_line_end_and_single_spaces():
    decomposed = unicodedata.normalize("NFD", "Zoë  Ŵyn")
    assert text.line(f" {decomposed}\u00a0 \t") == "Zoë Ŵyn"
    assert text.line("Tess\r\nOkafor\x0bof\u2028here") == "Tess Okafor of here"
    assert text.lines("\r\n\n- a \r  - b\t\u2029c\x0b\n", 100) == "- a\n  - b\nc"


def test_a_length_is_of_what_is_kept():
    assert text.line("x" * 120 + " " * 300, 120) == "x" * 120
    assert text.name(unicodedata.normalize("NFD", "é" * 120)) == "é" * 120
    for typed in ("x" * 121, "é" * 121, unicodedata.normalize("NFD", "é" * 121)):
        with pytest.raises(Unfit, match="at most 120 characters"):
            text.name(typed)


@pytest.mark.parametrize("name", ["…", "-", "’", "👩‍🏫", "!?"])
def test_a_name_has_letters(name):
    with pytest.raises(Unfit, match="letters"):
        text.name(f"\u200b{name}")
    assert text.name(f"J{name}").startswith("J")


@pytest.mark.parametrize("name", ["Ó", "Ида Брук", "李 明", "محمد", "O’Brien", "School 42", "=SUM(A1)"])
def test_names_of_everywhere_are_names(name):
    assert text.name(name) == name


@pytest.mark.parametrize(
    "typed", ["a" + "\u0301\u0316" * 500_000, ("a" + "\u0301\u0316" * 15) * 30_000, "." * 1_000_000, "\u200b" * 1_000_000, "\0" * 1_000_000,
              "\u1100" * 1_000_000, "\U000e0041" * 250_000, "1\ufe0f" * 500_000, "\r\n" * 500_000, "İ" * 500_000]
)  # fmt: skip
def test_no_text_takes_long(typed):
    began = time.thread_time()
    for fit in (text.line, text.name, lambda sent: text.lines(sent, 200_000), lambda sent: text.secret(sent, 200), text.folded):
        try:
            fit(typed)
        except Unfit as fault:
            assert str(fault)
    assert time.thread_time() - began < 2


def test_a_text_at_its_limit_does_not_take_long():
    began = time.thread_time()
    for typed in ("a" + "\u0301\u0316" * 15, "\u200b\u200e", "\U0001f3f4\U000e0067\U000e007f", "1\ufe0f\u20e3", "漢\r\n", "\u1100\u1161"):
        try:
            text.lines(typed * (250_000 // len(typed)), 200_000)
        except Unfit as fault:
            assert "at most" in str(fault)
    assert time.thread_time() - began < 6


def test_a_heap_of_accents_is_refused():
    assert text.line("Ṩ̂̃n") and text.line("a" + "\u0301" * 30)
    for fit in (text.line, lambda typed: text.secret(typed, 200)):
        with pytest.raises(Unfit):
            fit("a" + "\u0301" * 31)


def test_a_password_is_one_however_its_letters_are_composed():
    composed = unicodedata.normalize("NFC", "câr ŵyn melyn 34")
    decomposed = unicodedata.normalize("NFD", composed)
    assert composed != decomposed
    assert text.secret(composed, 200) == text.secret(decomposed, 200) == composed
    assert text.secret("  two  spaces ", 200) == "  two  spaces "
    assert text.hashed_as(composed) == (composed,) and text.hashed_as(decomposed) == (composed, decomposed)
    for typed in ("otters\0", "otters \U000f4005", "otters\n", "x" * 201):
        with pytest.raises(Unfit):
            text.secret(typed, 200)


@pytest.mark.parametrize(
    "name, sought",
    [
        ("Łukasz Kowalski", "lukasz"), ("Þórs Ægir", "thors"), ("Þórs Ægir", "aegir"), ("Øystein Đorđević", "oystein dordevic"),
        ("Zoë Ŵyn", "zoe wyn"), ("Siobhán O’Brien", "o'brien"), ("Siobhán O'Brien", "O’Brien"), ("Siobhán O´Brien", "o`brien"),
        ("Ida  \u00a0Brook", "ida brook"), ("İpek Işık", "ipek isik"), ("Straße", "strasse"), ("Ǿrsted", "orsted"),
        ("Anne‑Marie", "anne-marie"), ("ＷＩＤＥ", "wide"), ("Hawaiʻi", "hawai'i"), ("Œuvre ﬁn", "oeuvre fin"),
    ],
)  # fmt: skip
def test_names_are_found_with_a_british_keyboard(name, sought):
    assert text.folded(sought) in text.folded(name)
    assert text.folded(unicodedata.normalize("NFD", name)) == text.folded(name)


def test_letters_with_a_stroke_sort_beside_their_own():
    names = ["Zed", "Øst", "Łuk", "Đor", "Abe", "Oma", "Lea", "Dee"]
    assert sorted(names, key=text.folded) == ["Abe", "Dee", "Đor", "Lea", "Łuk", "Oma", "Øst", "Zed"]


def test_a_text_may_come_with_so_much_more_in_what_goes():
    assert (text.bearable(10), text.bearable(200_000)) == (40, 250_000)
    assert text.line("x" + " " * 39, 10) == "x"
    with pytest.raises(Unfit, match="at most 10 characters"):
        text.line("x" + " " * 40, 10)


def test_a_line_has_two_hundred_characters_where_nothing_else_is_said():
    assert text.line("x" * 200) == "x" * 200
    with pytest.raises(Unfit, match="at most 200 characters"):
        text.line("x" * 201)


def test_lists_are_sorted_by_the_beginning_of_a_name():
    assert text.folded("X" * 501) == "x" * 500


def test_lines_are_counted_from_the_very_first():
    with pytest.raises(Unfit, match="on line 2"):
        text.lines("\nTess \0", 100)
