"""A letter as simple HTML, and its plain part."""

import pytest

from induction.wording.letter_html import as_html, as_text

LINK = "https://x.example/invitation/abc_-2"
NASTY = '<script>alert("x")</script>&copy; \' "'


def test_paragraphs_and_lines_stay_apart_and_a_link_is_a_link():
    made = as_html("Hm", f"Hello,\n\nOpen it:\n{LINK}\n\nLou", "It was sent by X: https://x.example")
    assert f'<p>Hello,</p>\n<p>Open it:<br><a href="{LINK}">{LINK}</a></p>\n<p>Lou</p>' in made
    assert '<a href="https://x.example">https://x.example</a></p></body>' in made


def test_what_somebody_calls_themselves_is_no_link():
    made = as_html("s", "Hello http://evil.example/login,\n\nhttp://evil.example/ New was reminded today.", "f")
    assert "<a " not in made


def test_everything_is_escaped_wherever_it_comes_from():
    made = as_html(NASTY, f"{NASTY}\n\n*{NASTY}*", NASTY)
    assert "<script" not in made and made.count("&lt;script&gt;") == 4 and "&amp;copy;" in made and "&copy;" not in made


@pytest.mark.parametrize("words", ['https://x.example/"onload="x', "https://x.example/<b>", "javascript:alert(1)", "https://x.example/a&times=1'b"])
def test_no_link_breaks_out_of_its_place(words):
    made = as_html("s", words, "f")
    assert 'onload="' not in made and "<b>" not in made and "javascript:" not in made.replace("<p>javascript:alert(1)</p>", "")
    if "&" in words:
        assert 'href="https://x.example/a&amp;times=1&#x27;b"' in made


@pytest.mark.parametrize(
    "words, html, text",
    [
        ("a *b c* d", "a <em>b c</em> d", "a b c d"),
        ("2 * 3 = 6", "2 * 3 = 6", "2 * 3 = 6"),
        ("*a\nb*", "*a<br>b*", "*a\nb*"),
        ("**", "**", "**"),
    ],
)
def test_stars_set_words_off(words, html, text):
    assert f"<p>{html}</p>" in as_html("s", words, "f") and as_text(words) == text


def test_the_plain_part_keeps_a_link_whole_on_its_own_line():
    assert LINK in as_text(f"Open it:\n{LINK}\n\nLou").splitlines()
