"""The blocks that text may hold: what they draw, and what is said where one is wrong."""

import re
from datetime import date

import pytest

from induction.content.editions import fill
from induction.content.model import Facet, School
from tests.choices import chosen
from tests.content.folders import LATE, POLICY

SCHOOL = School(
    "Wrenfield <School>",
    words={"safeguarding lead": "Priya Nair"},
    choices=chosen({"pupil-contact": "platforms"}),
    policy_version=3,
    policy_since=date(2026, 9, 1),
)


def html(folder, words, school=SCHOOL):
    """The lesson's HTML with these words. Fails on any problem."""
    folder.lesson(words)
    reading = folder.read()
    assert reading.problems == ()
    return fill.render(reading.library.courses["c"].lesson("late").words, school, reading.library)


def test_a_phone(folder):
    assert html(folder, "/// phone | Instagram\n**jordan.r_10** requested to follow you · 2 min\n///") == (
        '<figure class="phone" role="group" aria-label="Your phone shows">\n<div class="phone-screen">\n'
        '<div class="phone-card">\n<span class="phone-app" aria-hidden="true">I</span>\n<div class="phone-words">\n'
        '<p class="phone-from">Instagram · 2 min</p>\n<p><strong>jordan.r_10</strong> requested to follow you</p>\n'
        "</div>\n</div>\n</div>\n</figure>\n"
    )


def test_a_lit_phone_with_its_clock(folder):
    drawn = html(folder, '/// phone | Instagram, Sunday 21:40\n**Lexi** · "r u free? xx"\n///')
    assert drawn.startswith(
        '<figure class="phone lit" role="group" aria-label="Your phone shows">\n<div class="phone-screen">\n'
        '<p class="phone-clock"><span class="phone-time">21:40</span> <span class="phone-day">Sunday</span></p>\n'
    )
    assert '<p class="phone-from">Instagram</p>\n<p><strong>Lexi</strong> · "r u free? xx"</p>' in drawn
    for time in ("21:40", "21.40"):
        assert '<p class="phone-clock"><span class="phone-time">21:40</span></p>' in html(folder, f"/// phone | WhatsApp, {time}\nHi\n///")


def test_a_chat(folder):
    chat = "/// chat | Jordan, Year 10\nJordan 21:40: hey its **jordan**\nfrom 10B\nYou 9.05: Ask me: at registration.\nYou:\n///"
    assert html(folder, chat) == (
        '<figure class="chat">\n<figcaption><span class="unseen">A conversation: </span>Jordan, Year 10</figcaption>\n<ol>\n'
        '<li><p class="who">Jordan · 21:40</p><div class="bubble"><p>hey its <strong>jordan</strong><br>\nfrom 10B</p></div></li>\n'
        '<li class="you"><p class="who">You · 9:05</p><div class="bubble"><p>Ask me: at registration.</p></div></li>\n'
        '<li class="you"><p class="who">You</p><div class="bubble nothing"><p>Nothing sent</p></div></li>\n'
        "</ol>\n</figure>\n"
    )


def test_a_chat_is_read_line_by_line(folder):
    drawn = html(folder, "/// chat | Theo\nTheo: 1. one\n- two\n\n# three\nYou: > four\n///")
    assert "<p>1. one<br>\n- two<br>\n# three</p>" in drawn
    assert "<p>&gt; four</p>" in drawn


def test_a_post_with_comments(folder):
    post = (
        "/// post | Dana K., Wrenfield Parents, public group · yesterday\nSo *apparently* Mr R thinks it’s fine.\n\nAnyone else?\n\n"
        "Steph P.: not surprised tbh\nLee's mum: name him: properly\n58 more comments\n///"
    )
    assert html(folder, post) == (
        '<figure class="post" role="group" aria-label="A post by Dana K.">\n<div class="post-head">\n'
        '<span class="initial" aria-hidden="true">D</span>\n<div><p class="who">Dana K.</p>'
        '<p class="where">Wrenfield Parents, public group · yesterday</p></div>\n</div>\n'
        '<div class="post-words"><p>So <em>apparently</em> Mr R thinks it’s fine.</p>\n<p>Anyone else?</p>\n</div>\n'
        '<ul class="comments">\n<li><strong>Steph P.</strong> not surprised tbh</li>\n'
        "<li><strong>Lee's mum</strong> name him: properly</li>\n<li class=\"soft\">58 more comments</li>\n</ul>\n</figure>\n"
    )


ALL = "chat, checklist, help, key, law, more, only, phone, policy, post, try"
TWO = "/// policy | pupil-contact: none\nNobody does.\n///\n\n/// policy | pupil-contact: platforms, accounts\nAsk {{ safeguarding lead }}.\n///"


def test_the_policy_that_a_school_has_chosen(folder):
    assert html(folder, TWO) == (
        '<div class="policy" role="group" aria-label="Our policy">\n'
        '<p class="policy-label">Our policy at Wrenfield &lt;School&gt;</p>\n<p>Ask Priya Nair.</p>\n'
        '<p class="policy-foot">Pupil contact: platforms only · version 3, 1 September 2026 · <a href="/policy">read all of it</a></p>\n</div>\n'
    )


@pytest.mark.parametrize(
    "label, runs_on",
    [("A school phone", "a school phone"), ("I decide", "I decide"), ("AI tools", "AI tools"), ("None yet", "none yet")],
)
def test_a_label_runs_on_after_the_question(folder, label, runs_on):
    folder.write("courses/policy.yml", POLICY.replace("label: No online contact", f"label: {label}"))
    assert f'<p class="policy-foot">Pupil contact: {runs_on}, until' in html(folder, TWO, School("Wrenfield"))


@pytest.mark.parametrize("school", [School("Wrenfield"), School("Wrenfield", choices=chosen({"pupil-contact": "no longer offered"}))])
def test_a_policy_nobody_has_chosen_is_never_called_one(folder, school):
    drawn = html(folder, TWO, school)
    assert drawn == (
        '<div class="policy undecided" role="group" aria-label="The cautious rule">\n'
        '<p class="policy-label">Until Wrenfield decides: the cautious rule</p>\n<p>Nobody does.</p>\n'
        '<p class="policy-foot">Pupil contact: no online contact, until the school chooses</p>\n</div>\n'
    )


@pytest.mark.parametrize(
    ("school", "seen"),
    [
        (School("W", nation="england", phase="primary"), "E P"),
        (School("W", nation="wales", phase="secondary"), "EW S"),
        (School("W", nation="scotland", phase="all-through"), "P S"),
    ],
)
def test_only_is_drawn_as_plain_text(folder, school, seen):
    words = "".join(
        f"/// only | {where}\n{mark}\n///\n\n"
        for where, mark in (("nation: england", "E"), ("nation: wales", "EW"), ("phase: primary", "P"), ("phase: secondary", "S"))
    )
    assert html(folder, words, school) == "".join(f"<p>{mark}</p>\n" for mark in seen.split())


def test_key_law_and_more(folder):
    assert html(folder, "/// key\nLeave it.\n\n- one\n///") == (
        '<div class="key">\n<p class="key-label">To remember</p>\n<p><span>Leave it.</span></p>\n<ul><li>one</li>\n</ul>\n</div>\n'
    )
    assert html(folder, "/// law | Under {{ fact helpline-hours }}\nEvery code.\n\nSource: KCSIE, 2026\n///") == (
        '<div class="law">\n<p class="law-label"><span aria-hidden="true">§</span> Under Monday to Friday</p>\n'
        '<p>Every code.</p>\n<p class="source">KCSIE, 2026</p>\n</div>\n'
    )
    assert html(folder, "/// more | What if *I* accepted?\nRemove it.\n///") == (
        '<details class="more">\n<summary><span>What if <em>I</em> accepted?</span></summary>\n'
        '<div class="more-text">\n<p>Remove it.</p>\n</div>\n</details>\n'
    )


TRY = """\
/// try | What *now*, at {{ school }}?
Look at it.

//// phone | Instagram
**ella.sings** sent you a message
////

- Answer with **one** line

  > A chat.
  >
  > //// policy | pupil-contact: platforms
  > Not here.
  > ////

- Leave it for {{ safeguarding lead }}

  > Yes.

  > //// only | nation: wales
  > In Wales.
  > ////
///
"""


def test_a_try(folder):
    drawn = html(folder, TRY)
    assert drawn.startswith(
        '<div class="try" role="group" aria-label="What now, at Wrenfield &lt;School&gt;?">\n'
        '<p class="try-title">What <em>now</em>, at Wrenfield &lt;School&gt;?</p>\n<p>Look at it.</p>\n<figure class="phone"'
    )
    before, _, choices = drawn.partition('<p class="try-note">Pick one to see what follows. It isn’t marked or kept.</p>\n<ul class="choices">\n')
    assert before.endswith("</figure>\n") and choices.startswith(
        '<li><details class="choice" name="try-5"><summary><span>Answer with <strong>one</strong> line</span></summary>\n'
        '<div class="choice-text">\n<p>A chat.</p>\n<div class="policy" role="group" aria-label="Our policy">\n'
    )
    assert choices.endswith(
        '<p class="policy-foot">Pupil contact: platforms only · version 3, 1 September 2026 · <a href="/policy">read all of it</a></p>\n</div>\n'
        '</div></details></li>\n<li><details class="choice" name="try-5"><summary><span>Leave it for Priya Nair</span></summary>\n'
        '<div class="choice-text">\n<p>Yes.</p>\n</div></details></li>\n</ul>\n</div>\n'
    )
    assert "<p>In Wales.</p>\n</div></details>" in html(folder, TRY, School("W", nation="wales"))


def test_the_choices_of_each_try_are_apart(folder):
    drawn = html(folder, f"{TRY}\n{TRY.replace('- ', '* ')}")
    assert re.findall(' name="([^"]*)"', drawn) == ["try-5", "try-5", "try-29", "try-29"]


def test_a_try_needs_no_empty_lines(folder):
    drawn = html(folder, "/// try | What now?\n- One *a*\n  > Two\n- Three\n  > Four\n///")
    assert '<summary><span>One <em>a</em></span></summary>\n<div class="choice-text">\n<p>Two</p>\n</div>' in drawn


@pytest.mark.parametrize(("around", "inside"), [("policy | pupil-contact: platforms", "Our policy"), ("only | nation: england", "<div class=\"try\"")])
def test_a_try_may_be_for_some(folder, around, inside):
    words = f"////// {around}\n{TRY}\n//////\n"
    assert inside in html(folder, words) and "</details></li>\n</ul>\n</div>\n" in html(folder, words)
    assert html(folder, words, School("W", nation="wales")) == ""


def test_a_checklist(folder):
    drawn = html(folder, "/// checklist | presence\n- My account is **private**\n- I searched for {{ school }}\n///")
    assert drawn.startswith('<div class="checklist" data-checklist="c/presence">\n<p class="checklist-note" hidden>Only you see these ticks.')
    assert drawn.endswith(
        '<ul>\n<li><label for="c-presence-1"><input type="checkbox" id="c-presence-1" autocomplete="off">'
        "<span>My account is <strong>private</strong></span></label></li>\n"
        '<li><label for="c-presence-2"><input type="checkbox" id="c-presence-2" autocomplete="off">'
        "<span>I searched for Wrenfield &lt;School&gt;</span></label></li>\n</ul>\n</div>\n"
    )


def test_help_shows_contacts_and_helplines(folder):
    drawn = html(folder, "/// help\n///")
    assert "<li><strong>Worried about a child</strong><span>Priya Nair, designated safeguarding lead</span></li>" in drawn
    assert (
        '<li><strong>Helpline for staff</strong><span>Monday to Friday</span><a href="tel:03443814772">0344 381 4772</a></li>' in drawn
    )


@pytest.mark.parametrize(
    ("words", "lead", "deputy"),
    [
        (
            {"safeguarding lead": "Priya Nair", "deputy safeguarding lead": "Jo Barker"},
            "Priya Nair, designated safeguarding lead",
            "Jo Barker, deputy designated safeguarding lead",
        ),
        ({}, "The designated safeguarding lead", "The deputy designated safeguarding lead"),
    ],
)
def test_help_says_each_contacts_role_once(folder, words, lead, deputy):
    shown = html(folder, "/// help\n///", School("Wrenfield", words=words))
    assert f"<li><strong>Worried about a child</strong><span>{lead}</span></li>" in shown
    assert f"<li><strong>If they can&#x27;t be reached</strong><span>{deputy}</span></li>" in shown


def test_blocks_nest_with_more_slashes(folder):
    words = "///// only | nation: england\n//// policy | pupil-contact: platforms\n/// key\nDeep.\n///\nAfter.\n////\n/////\n\nOut."
    drawn = html(folder, words)
    assert drawn.index('class="policy"') < drawn.index('class="key"') < drawn.index("After.") < drawn.index("policy-foot") < drawn.index("Out.")
    assert html(folder, words, School("W", nation="wales")) == "<p>Out.</p>\n"


def test_blocks_in_lists_and_quotes(folder):
    drawn = html(folder, "- one\n\n  /// key\n  in\n  ///\n\n- two\n\n> /// key\n> quoted\n> ///\n>\n> after")
    assert drawn.count('class="key"') == 2
    assert drawn.count("<li>") == 2
    assert drawn.index("quoted") < drawn.index("</div>\n<p>after") < drawn.index("</blockquote>")


def test_options_under_the_first_line_of_a_block_set_no_attributes(folder):
    folder.lesson("/// key | a\n    attrs: {onclick: 'alert(1)', id: x}\n\nb\n///")
    reading = folder.read()
    drawn = fill.render(reading.library.courses["c"].lesson("late").words, SCHOOL, reading.library)
    assert "<p><span>attrs: {onclick: 'alert(1)', id: x}</span></p>" in drawn
    assert drawn.startswith('<div class="key">\n')


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("/// polcy | a: b\nx\n///", ['5: unknown block "polcy"; write "policy"']),
        ("/// note\nx\n///", [f'5: unknown block "note"; known are: {ALL}']),
        ("x\n\n/// key | a\ny\n\nz", ["7: the block `key` is not closed; write /// on a line of its own where it ends"]),
        ("///", ["5: this line of slashes closes no block; take it away, or open one above with `/// name | words`"]),
        (
            "/// key\nx\n////",
            [
                "5: the block `key` is not closed; write /// on a line of its own where it ends",
                "7: this line of slashes closes nothing; `key` on line 5 is closed by ///",
            ],
        ),
        (
            "/// key\nx\n\n/// law\ny\n///",
            ["5: the block `key` is not closed before `law` opens on line 8; write /// on a line of its own where it ends"],
        ),
        ("/// key: a\nx\n///", ['5: "key: a" after /// is no block; write `/// name | words`, with a bar between them']),
        ("> /// key\n> x\n\ny", ["5: the block `key` is not closed; write /// on a line of its own where it ends"]),
        ("/// chat | A\nA: x\n//// key\n////\n///", ["7: `key` stands inside `chat`, which holds lines of talk alone; close that with /// before it"]),
        ("/// policy\nx\n///", ["5: the block `policy` doesn't say for whom; write `/// policy | facet: stance, stance`"]),
        ("/// policy | pupil-contac: none\nx\n///", ['5: unknown facet "pupil-contac"; write "pupil-contact"']),
        ("/// policy | pupil-contact: nome, accounts\nx\n///", ['5: unknown stance "nome" of pupil-contact; write "none"']),
        ("/// policy | nation: wales\nx\n///", ["5: `policy` shows the school's own choices; write `/// only | nation: wales`"]),
        ("/// only | pupil-contact: none\nx\n///", ["5: `only` goes by nation or phase; write `/// policy | pupil-contact: none`"]),
        ("/// only | nation: Wales\nx\n///", ['5: unknown nation "Wales"; write "wales"']),
        ("/// more\nx\n///", ["5: the block `more` has no words after its name; write `/// more | …`"]),
        ("/// chat | A\nhi there\n///", ["6: the first line of the chat names no speaker; write `Name 21:40: words` or `Name: words`"]),
        ("/// checklist\n- x\n///", ["5: the checklist has no id; write `/// checklist | its-id`"]),
        ("/// checklist | a\nx\n///", ["5: a checklist holds one plain list; write each thing to tick on a line that begins with `- `"]),
        ("/// checklist | a\n- x\n///\n\n/// checklist | A\n- x\n///", ['9: the id "A" is on line 5 too; give one of them another']),
        ("/// try\n- a\n  > b\n- c\n  > d\n///", ["5: the block `try` has no words after its name; write `/// try | …`"]),
        ("/// try | t\nx\n///", ["5: a `try` holds one plain list of choices; write each on a line that begins with `- `"]),
        ("/// try | t\n///", ["5: a `try` holds one plain list of choices; write each on a line that begins with `- `"]),
        ("/// try | t\n1. a\n   > b\n2. c\n   > d\n///", ["5: a `try` holds one plain list of choices; write each on a line that begins with `- `"]),
        (
            "/// try | t\n- a\n  > b\n- c\n  > d\n\nx\n\n- e\n  > f\n- g\n  > h\n///",
            ["5: a `try` holds one plain list of choices; write each on a line that begins with `- `"],
        ),
        (
            "/// try | t\n- a\n  > b\n- c\n  > d\n\nx\n///",
            ["5: something stands after the choices of this `try`; write it before its list, or after the block"],
        ),
        ("/// try | t\n- a\n  > b\n///", ["5: a `try` has two to four choices, and this one has 1; write at least two"]),
        ("/// try | t\n" + "- a\n  > b\n" * 5 + "///", ["5: a `try` has two to four choices, and this one has 5; write four or fewer"]),
        (
            "/// try | t\n- a\n- b\n  >\n- c\n  > d\n///",
            [f"{line}: this choice has no feedback; write it under the choice as two spaces, `>` and its words" for line in (6, 7)],
        ),
        (
            "/// try | t\n- a\n  > b\n  - x\n- c\n\n  > d\n\n  y\n///",
            [f"{line}: a choice is one paragraph, and its feedback a block quote under it; write this in one of them" for line in (13, 8)],
        ),
        (
            "/// try | t\n- [best] a\n  > b\n- [Poor; best if nation is wales] c\n  > d\n///",
            [f"{line}: a `try` isn't judged; take the rating away, and say in the feedback what follows" for line in (6, 8)],
        ),
        (
            "/// try | t\n- [a](/help)\n  > b\n- *c [d](/help)*\n  > e\n///",
            [f"{line}: a link stands in the words of a choice, which open its feedback; write the link there" for line in (6, 8)],
        ),
        ("/// try | t\n- a\n  > b\n-\n  > c\n///", ["9: this choice has no words; write them after `- `"]),
        (
            "/// try | t\n//// try | u\n- a\n  > b\n- c\n  > d\n////\n- e\n  > f\n- g\n  > h\n///",
            ["5: a `try` stands inside this one; close this with /// before it"],
        ),
        ("/// help | me\n///", ["5: the block `help` holds no words of its own; write `/// help` and `///`, nothing between"]),
        ("/// key | {{ schol }}\n\nx\n\n{{ fact y }}\n///", ['5: unknown word in braces "schol"; write "school"', '9: unknown fact "y"; known are: helpline-hours, helpline-phone']),
    ],
)
def test_blocks_that_are_wrong(folder, words, said):
    folder.lesson(words)
    assert [line.removeprefix("01-late.md:") for line in folder.said()] == said


def test_what_stands_after_an_unclosed_block_is_still_read(folder):
    folder.lesson("/// key | a\nb\n\n## Here {#here}\n\n{{ schol }}\n\n/// more | x\ny\n///")
    assert [line.split(";")[0] for line in folder.said()] == [
        "01-late.md:10: unknown word in braces \"schol\"",
        "01-late.md:5: the block `key` is not closed before `more` opens on line 12",
    ]
    assert [heading.id for heading in folder.read().library.courses["c"].lesson("late").headings] == ["here"]


def test_checklists_have_one_id_in_a_course(folder):
    folder.lesson("/// checklist | a\n- x\n///")
    folder.write("courses/c/02-two.md", "---\ntitle: Two\n---\n\n/// checklist | A\n- x\n///\n")
    assert folder.said() == ['02-two.md:5: courses/c/01-late.md has a checklist "a" too; give one of them another id']


@pytest.mark.parametrize(
    ("words", "drawn"),
    [
        (r"\<script>alert(1)\</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"),
        ("<name of school> &lt; &pound;3 &amp;&nbsp;&foo;", "<p>&lt;name of school&gt; &lt; £3 &amp;\xa0&amp;foo;</p>\n"),
        ("<!-- a -->\n\nb <!-- c --> d", "<p>b  d</p>\n"),
        ("`{{ school }}` {{ school }}", "<p><code>{{ school }}</code> Wrenfield &lt;School&gt;</p>\n"),
        ("```\n  {{ nobody }} <b>\n```", "<pre><code>  {{ nobody }} &lt;b&gt;\n</code></pre>\n"),
        ("**Ask**{{ school }} and *{{ safeguarding lead }}*", "<p><strong>Ask</strong>Wrenfield &lt;School&gt; and <em>Priya Nair</em></p>\n"),
        ("[Ring](tel:{{ fact helpline-phone }})", '<p><a href="tel:03443814772">Ring</a></p>\n'),
        ("<https://a.example/?a=1&b=2> <a@b.example>", '<p><a href="https://a.example/?a=1&amp;b=2">https://a.example/?a=1&amp;b=2</a> <a href="mailto:a@b.example">a@b.example</a></p>\n'),
        ('"**Quoted**" **"words"** and *(these)*.', '<p>"<strong>Quoted</strong>" <strong>"words"</strong> and <em>(these)</em>.</p>\n'),
        ("**\"At the line's begin\"** x\n*(too)*", "<p><strong>\"At the line's begin\"</strong> x\n<em>(too)</em></p>\n"),
        ("Words.\n{#here}", '<p id="here">Words.</p>\n'),
        ("Words. {#here}", '<p id="here">Words.</p>\n'),
        ("Title\n-----\n\nx  \ny", "<h2>Title</h2>\n<p>x<br>\ny</p>\n"),
        ("One\n\n***\n\nTwo", "<p>One</p>\n<hr>\n<p>Two</p>\n"),
        ("{{ headteacher }} knows. {{ headteacher }} acts; {{ headteacher }} tells.", "<p>The headteacher knows. The headteacher acts; the headteacher tells.</p>\n"),
    ],
)
def test_words_are_drawn(folder, words, drawn):
    assert html(folder, words) == drawn


def test_tables_scroll(folder):
    assert html(folder, "| a | b |\n|---|:-:|\n| {{ school }} | *d* |") == (
        '<div class="scrolls" role="region" aria-label="Table" tabindex="0"><table><thead><tr><th>a</th>\n<th>b</th>\n</tr>\n</thead>\n'
        "<tbody><tr><td>Wrenfield &lt;School&gt;</td>\n<td><em>d</em></td>\n</tr>\n</tbody>\n</table></div>\n"
    )


def test_what_a_school_says_is_escaped_everywhere(folder):
    school = School('"><script>', words={"headteacher": "<i>'\"&"})
    drawn = html(folder, "/// post | {{ school }}, {{ headteacher }}\n{{ headteacher }}\n///\n\n{{ school }}", school)
    assert "<script" not in drawn
    assert "<i>" not in drawn
    assert 'aria-label="A post by &quot;&gt;&lt;script&gt;"' in drawn


def test_plain_words(folder):
    folder.lesson("## A **bold** title at {{ school }} & co {#t}")
    reading = folder.read()
    heading = reading.library.courses["c"].lesson("late").headings[0]
    assert fill.plain(heading.title, SCHOOL, reading.library) == "A bold title at Wrenfield <School> & co"


def test_the_lines_of_a_file_with_every_kind_of_line_are_right(folder):
    """Each line is wrong in the same way, so each must be named once."""
    lines = [
        "", "{{ x }}", "{{ x }}", "", "- {{ x }}", "- {{ x }}", "", "  {{ x }}", "", "  1. {{ x }}", "", "  > {{ x }}", "  > {{ x }}",
        "", "## {{ x }}", "{{ x }}", "", "| {{ x }} | b |", "|---|---|", "| {{ x }} | b |", "", "/// chat | {{ x }}", "A: {{ x }}",
        "{{ x }}", "///", "/// post | {{ x }}", "{{ x }}", "A: {{ x }}", "{{ x }}", "///", "//// more | {{ x }}", "/// key | {{ x }}",
        "{{ x }}", "///", "", "{{ x }}", "////", "{{ x }}", "", "*a", "{{ x }}*", "", "[a", "{{ x }}](/b)", "", "+ {{ x }}", "", "***", "{{ x }}",
    ]  # fmt: skip
    folder.write(LATE, "---\ntitle: x\n---\n" + "\n".join(lines))
    wrong = sorted(int(line.split(":")[1]) for line in folder.said())
    assert wrong == [number for number, line in enumerate(lines, 4) if "{{ x }}" in line]


def test_a_stance_without_words_to_name_it_is_as_it_was(folder):
    folder.write("courses/policy.yml", POLICY.replace("label: Platforms only", "label: ICT account"))
    assert "Pupil contact: ICT account ·" in html(folder, TWO)


@pytest.mark.parametrize(("block", "said"), [("key", True), ("more", True), ("chat", False), ("post", False)])
def test_what_begins_a_line_is_looked_at_but_for_lines_of_talk(folder, block, said):
    folder.lesson(f"/// {block} | Title\nAnn: a\n#thanks\n///")
    assert any("no space stands after this #" in problem for problem in folder.said()) is said


def test_a_label_of_a_question_begins_with_a_capital_and_ai_has_two():
    assert [Facet(name, "", "", ()).title for name in ("pupil-contact", "ai-tools")] == ["Pupil contact", "AI tools"]
