"""Markdown as people write it: drawn as it is meant, or an error with its line. Nothing is dropped, changed or shown in silence."""

import re
from html import escape
from html.parser import HTMLParser

import pytest

from induction.content.editions.fill import render
from induction.content.markdown import parser
from induction.content.markdown.html_tags import tag
from induction.content.model import Library, School
from induction.content.source import written_text
from induction.content.words import Slot
from tests.content.fuzzing import draw


def drawn(text):
    """What is drawn, tags of paragraphs and line ends left out. Fails on any problem."""
    found = draw(text)
    assert found.problems == [] and found.faults == []
    return re.sub(r"</?p>|\n", "", found.html)


def said(text):
    return [f"{line}: {message}" for line, message in sorted(draw(text).problems)]


# Lists

CLAUSES = """1. Staff use school accounts.
2. Staff do not share numbers.

The head may agree an exception.

3. Exceptions are kept.
4. See clause 3.
"""


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (
            CLAUSES,
            "<ol><li>Staff use school accounts.</li><li>Staff do not share numbers.</li></ol>The head may agree an exception."
            '<ol start="3"><li>Exceptions are kept.</li><li>See clause 3.</li></ol>',
        ),
        ("7) a\n8) b", '<ol start="7"><li>a</li><li>b</li></ol>'),
        ("1. a\n2. b\n5. c\n6. d", '<ol><li>a</li><li>b</li><li value="5">c</li><li>d</li></ol>'),
        ("3. a\n\n4. b\n\n4. c\n\n5. d", '<ol start="3"><li>a</li><li>b</li><li value="4">c</li><li>d</li></ol>'),
        ("0. a\n1. b", '<ol start="0"><li>a</li><li>b</li></ol>'),
        ("1. a\n1. b\n1. c", "<ol><li>a</li><li>b</li><li>c</li></ol>"),  # Markdown's own way to say: count them
        ("1. a\n2. b\n1. c", '<ol><li>a</li><li>b</li><li value="1">c</li></ol>'),
        ("2026. A year.", '<ol start="2026"><li>A year.</li></ol>'),
        ("1. a\n\n   more\n2. b", "<ol><li>amore</li><li>b</li></ol>"),
        ("1. a\n- b", "<ol><li>a</li></ol><ul><li>b</li></ul>"),
        ("Do this:\n- a\n- b", "Do this:<ul><li>a</li><li>b</li></ul>"),
        ("Do this\n* a\n* b", "Do this<ul><li>a</li><li>b</li></ul>"),
        ("Do this\n+ a", "Do this<ul><li>a</li></ul>"),
        ("Do this\n1. a\n2. b", "Do this<ol><li>a</li><li>b</li></ol>"),
        ("Clauses:\n4) a\n5) b", 'Clauses:<ol start="4"><li>a</li><li>b</li></ol>'),
        ("• a\n•b\n●\tc", "<ul><li>a</li><li>b</li><li>c</li></ul>"),
        ("– a\n– b", "<ul><li>a</li><li>b</li></ul>"),
        ("Do this:\n— a\n— b", "Do this:<ul><li>a</li><li>b</li></ul>"),
        ("Then * no list - at all", "Then * no list - at all"),
        ("A line\n\\- no list", "A line- no list"),
        ("A line\n3\\. no list", "A line3. no list"),
        ("- a\n- b\n\nAfter", "<ul><li>a</li><li>b</li></ul>After"),
        ("- a\nstill a", "<ul><li>astill a</li></ul>"),
    ],
)
def test_lists(text, html):
    assert drawn(text) == html


@pytest.mark.parametrize("step", ["  ", "   ", "    ", "\t"])
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_lists_nest_however_far_they_are_indented(step, gap):
    text = gap.join(["- a", f"{step}- b", f"{step * 2}1. c", f"{step * 2}2. d", f"{step}- e", "- f"])
    assert drawn(text) == "<ul><li>a<ul><li>b<ol><li>c</li><li>d</li></ol></li><li>e</li></ul></li><li>f</li></ul>"
    assert drawn(f"- a{gap}{step}- b\n\n{step}of a\n\nOut") == "<ul><li>a<ul><li>b</li></ul>of a</li></ul>Out"
    assert drawn(f"1. a{gap}{step}- b\n2. c") == "<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>"


def test_quotes_in_lists_and_lists_in_quotes():
    assert drawn("- a\n\n    > b\n    > - c") == "<ul><li>a<blockquote>b<ul><li>c</li></ul></blockquote></li></ul>"
    assert drawn("> Do:\n> - a\n>   - b\n\n> c") == "<blockquote>Do:<ul><li>a<ul><li>b</li></ul></li></ul>c</blockquote>"


# Tables

@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("Whom to tell:\n| Who | When |\n|---|---|\n| Lead | always |", "Who When Lead always"),
        ("Who | When\n--- | ---\nLead | always", "Who When Lead always"),
        ("Who | When\n--- | ---\n| Lead | always |", "Who When Lead always"),
        ("| A | B |\n|:-:|--:|\n| x \\| y | `a|b` |\n| only one |", "A B x | y a|b only one "),
        ("A | B\n--|--\n | x", "A B  x"),
    ],
)
def test_tables(text, cells):
    found = draw(text)
    assert found.problems == []
    assert " ".join(re.sub("<[^>]*>", "", cell) for cell in re.findall(r"<t[hd]>(.*?)</t[hd]>", found.html)) == cells


# Words

@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Wait <!-- or not? --> here", "Wait  here"),
        ("- a\n<!-- a note\n\n# over lines -->\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("a <!--> b <!---> c", "a  b  c"),
        ("`<!-- code -->` \\<!-- words", "<code>&lt;!-- code --&gt;</code> &lt;!-- words"),
        ("a  \nb\\\nc", "a<br>b<br>c"),
        ("Title\n-----\nText", "<h2>Title</h2>Text"),
        ("##No space\nText", "<h2>No space</h2>Text"),
        ("## Closed ##", "<h2>Closed</h2>"),
        ("a\n***\nb", "a<hr>b"),
        ("snake_case_word and _em_", "snake_case_word and <em>em</em>"),
        ("2 * 3 < 7 & R&D, 5 > 4, C:\\Temp, ~20 pupils, #1, [sic], (a) one, {name}, 50%", "2 * 3 &lt; 7 &amp; R&amp;D, 5 &gt; 4, C:\\Temp, ~20 pupils, #1, [sic], (a) one, {name}, 50%"),
        (r"\*a\* \_b\_ \~\~c\~\~ \`d\` \[e\](f) \<b> \{#g} \&amp; \|", "*a* _b_ ~~c~~ `d` [e](f) &lt;b&gt; {#g} &amp;amp; |"),
        ("https://example.org/_a_/~b?c==d", "https://example.org/_a_/~b?c==d"),
        ("<https://example.org/> <a@b.example>", '<a href="https://example.org/">https://example.org/</a> <a href="mailto:a@b.example">a@b.example</a>'),
        ("Signed: ________", "Signed: ________"),
        ("<name of school> -- “smart” ‘quotes’ … — é", "&lt;name of school&gt; -- “smart” ‘quotes’ … — é"),
        ("a\u200bb\u202ec\u00add", "abcd"),
        ("&nbsp;&pound;&#163;&copy;", "\xa0££©"),
        ("&lt;b&gt; &#42;&#42;a&#42;&#42; &#96;", "&lt;b&gt; **a** `"),
        ("##\xa0Title\n\n\xa0\xa0-\xa0a\n\xa0\xa0\xa0\xa0-\xa0b", "<h2>Title</h2><ul><li>a<ul><li>b</li></ul></li></ul>"),
        ("1.\ta\n\n\to\tb\n\n2.\tc", "<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>"),
        ("Ask A. Smith or\nB. Jones", "Ask A. Smith orB. Jones"),
        ("   Three spaces in.", "Three spaces in."),
        ("~~~\n**as it is**\n~~~", "<pre><code>**as it is**</code></pre>"),
        ("(a) one\n\n(b) two\n\n1.1 three", "(a) one(b) two1.1 three"),
    ],
)
def test_words(text, html):
    assert drawn(text) == html


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("A claim[^1]", "1: notes at the foot aren't drawn; "),
        ("[^1]: The note.", "1: notes at the foot aren't drawn; "),
        ("a\n\n~~struck~~", "3: words aren't struck out here; "),
        ("==marked==", "1: nothing is marked so here; "),
        ("H~2~O", "1: nothing is set lower or higher so; "),
        ("x^2^", "1: nothing is set lower or higher so; "),
        ("- [ ] open", "1: boxes to tick stand in a block; "),
        ("- [x] done", "1: boxes to tick stand in a block; "),
        ("a<br>b", "1: <br> is no word and isn't read here; leave an empty line"),
        ("<u>under</u>", "1: <u> is no word and isn't read here; write **words**"),
        ("a\n\n<div class='box'>\nb\n</div>", "3: <div class='box'> is no word"),
        ("<?php ?>", "1: <?php ?> is no word"),
        ("a\n<!-- never closed\n\nb", "2: this comment is never closed; write --> where it ends"),
        ("<!-- a\n\n<!-- b -->", "1: this comment isn't closed before another begins on line 3; "),
        ("a --> b", "1: this --> ends no comment; "),
        ("Term\n:   Definition", "2: meanings under words aren't drawn so; "),
        ("*[DSL]: lead", "1: short words aren't explained so; "),
        ("[a][b]", "1: this link names no address; "),
        ("[a] (https://a.example)", "1: this link can't be read; "),
        ("[a](https://a.example", "1: this link can't be read; "),
        ("![a]", "1: this picture can't be read; "),
        ('[a](/help "title")', "1: words in quotes after an address are shown to few; "),
        ("[](/help)", "1: this link has no words; "),
        ("**never closed", "1: this * opens or closes nothing; "),
        ("_never closed", "1: this _ opens or closes nothing; "),
        ("a ` tick", "1: this backtick opens or closes nothing; "),
        ("```\nnever closed", "1: this code is never closed; "),
        ("a\n    b\n\n    indented", "4: this line begins with four spaces or more, or a tab; "),
        ("&shy;", "1: &shy; names a sign that can't be shown; "),
        ("&#8203;", "1: &#8203; names a sign that can't be shown; "),
        ("| A | B |\n|---|---|\n| 1 | 2 | 3 |", "3: this row has 3 cells under 2 headings; "),
        ("| A | B |\n|---|---|---|\n| 1 | 2 |", "2: the headings above have 2 columns, and this line has 3; "),
        ("|---|---|\n| 1 | 2 |", "1: this line of dashes has no headings above it; "),
        ("| A | B |\n| 1 | 2 |", "1: this row belongs to no table; "),
        ("| A | B |\n|---|---|\n| 1 | 2 |\nAfter.", "4: this line follows a table at once, and is no row of it; "),
        ("- a\nThen tell the lead.", "2: this line follows a list or a quote at once, "),
        ("> a\nThen tell the lead.", "2: this line follows a list or a quote at once, "),
        ("Some text\n3. a", "2: this line begins as an item of a list, right under a line of text; "),
        ("Some text\n– a", "2: this line begins as an item of a list, right under a line of text; "),
        ("-stop\n-tell", "1: no space stands after this -; "),
        ("1.stop", "1: no space stands after this number; "),
        ("#Our policy", "1: no space stands after this #; "),
        ("a) one\nb) two", "2: this line begins like a clause, and would run on with the line above; "),
        ("1.1 one\n1.2 two", "2: this line begins like a clause, and would run on with the line above; "),
        ("One\ntwo\n---", "3: a line of - stands right under a paragraph; "),
        ("a. one\nb. two", "2: this line begins like a clause, and would run on with the line above; "),
        ("ii. one\niii. two", "2: this line begins like a clause, and would run on with the line above; "),
        ("A sentence.\n---", "2: a line of - stands right under a paragraph; "),
        ("---\ntitle: B\n---", "2: front matter stands at the begin of a file alone; "),
        ("a\n\n---\ntitle: B\nsummary: C\n---", "4: front matter stands at the begin of a file alone; "),
        ("##\n\na", "1: this heading has no words; "),
        ("1.\nText", "1: this item of a list has no words; "),
        ("- a\n-\n- b", "2: this item of a list has no words; "),
        ("> [!NOTE]\n> a", "1: this is drawn elsewhere and not here; "),
        ("!!! note\n    a", "1: this is drawn elsewhere and not here; "),
        ("::: warning\na\n:::", "1: this is drawn elsewhere and not here; "),
        ("[TOC]", "1: this is drawn elsewhere and not here; "),
        ("{>>a note<<}", "1: changes marked in braces aren't drawn; "),
        ("Text {.unseen}", '1: the attribute "class" can\'t be set here; '),
        ("Text\n{.unseen}", '2: the attribute "class" can\'t be set here; '),
        ("## Title {.unseen}", '1: the attribute "class" can\'t be set here; '),
        ("## Title {#a hidden onclick=x title='t' style=\"y\"}", '1: the attribute "hidden" can\'t be set here; '),
        ("**a**{.unseen}", "1: nothing can be set in braces here; "),
        ("- a {.unseen}", '1: the attribute "class" can\'t be set here; '),
        ("a /// key | b", "1: a block begins on a line of its own"),
        ("a }} b", "1: two braces close here and none open"),
        ("Sir\U000f4005\n", "1: this line holds a sign that can't be shown (U+F4005); delete it"),
    ],
)
def test_what_is_not_plain_is_an_error_with_its_line(text, begins):
    assert any(line.startswith(begins) for line in said(text)), said(text)


@pytest.mark.parametrize("name", ["class", "style", "hidden", "title", "onclick", "href", "role", "start", "value", "data-x", "lang", "dir"])
@pytest.mark.parametrize("text", ["## Title {{#a {}=b}}", "Words. {{#a {}=b}}", "Words.\n{{#a {}=b}}", "- item {{#a {}=b}}"])
def test_nothing_but_an_id_can_be_set(text, name):
    found = draw(text.format(name))
    assert [message.partition(";")[0] for _, message in found.problems] == [f'the attribute "{name}" can\'t be set here']
    assert found.faults == [] and f" {name}=" not in found.html


@pytest.mark.parametrize("value", ['" onclick="x', "'", "<b>", "&quot;", "é & ü", '"><script>', "\\"])
def test_no_value_ends_its_attribute(value):
    seen = []
    reader = HTMLParser(convert_charrefs=True)
    reader.handle_starttag = lambda tag, attributes: seen.append((tag, dict(attributes)))
    slot = Slot("school", "school")
    words = (escape(value, quote=False), slot, "<em>!</em>")
    reader.feed(render(tuple(tag("img", {"alt": value, "title": words})), School(value), Library({}, {}, {}, {})))
    assert seen == [("img", {"alt": value, "title": f"{value}{value}!"})]
    assert draw(f"/// post | A {value} B, there\nHi\n///\n\n[a](/x\"y)").faults == []


def test_a_line_that_word_broke_is_a_line():
    assert written_text.plain("a\vb\fc\u2028d\x85e\r\nf\rg\uf0b7") == "a\nb\nc\nd\ne\nf\ng•"


@pytest.mark.parametrize("text", ["*a**b*charlie**", "*Within **day*7** they ask", "*a **b*not** c", "Wait.\n\n*§4**a*9** pupils"])
def test_stress_that_crosses_loses_no_letter_in_silence(text):
    said = []
    parser.tree(text, 1, lambda line, words: said.append((line, words)))
    assert (text.count("\n") + 1, "these * and ** cross each other; close first what was opened last") in said
