"""Quizzes: scenarios, scenes and options, and what is said where one is wrong."""

import pytest

from induction.content.model import Rating, ReadAgain
from tests.content.folders import QUIZ

SCENARIO = "## A late message {#late .messages}\n\nIt is late.\n\n"
OPTIONS = "- [best] Wait.\n\n  > Nothing is lost.\n\n- [poor] Answer.\n\n  > It tempts.\n\n"
LAST = SCENARIO + OPTIONS  # twelve lines, from line 5 to 16


def quiz(folder):
    reading = folder.read()
    assert reading.problems == ()
    return reading.library.courses["c"].quizzes["late"]


def test_a_quiz(folder):
    folder.quiz(LAST, "title: Late\nask: 1")
    read = quiz(folder)
    assert (read.title, read.ask, read.slug, read.course) == ("Late", 1, "late", "c")
    (scenario,) = read.scenarios
    assert (scenario.id, scenario.title, scenario.themes, scenario.line) == ("late", ("A late message",), ("messages",), 6)
    (scene,) = scenario.scenes.values()
    assert scene.words == ("<p>It is late.</p>\n",)
    best, poor = scene.options
    assert (best.rule.otherwise, best.label, best.feedback, best.line) == (Rating.BEST, ("Wait.",), ("<p>Nothing is lost.</p>\n",), 10)
    assert (poor.rule.otherwise, poor.line, poor.leads_to) == (Rating.POOR, 14, None)


def test_what_stands_on_a_scenarios_heading(folder):
    folder.quiz('## A **late** one {#late .messages .parents phase=primary warn="self-harm" read="late#what-to-do"}\n\nx\n\n' + OPTIONS)
    (scenario,) = quiz(folder).scenarios
    assert (scenario.themes, scenario.phase, scenario.warn) == (("messages", "parents"), "primary", "self-harm")
    assert scenario.read == ReadAgain("late", "what-to-do")
    assert scenario.title == ("A <strong>late</strong> one",)


def test_scenes_that_options_lead_to(folder):
    folder.quiz(
        SCENARIO + "- [best] Wait. [In the *morning*](#morning)\n  > Nothing is lost.\n- [fine] Answer *now*. [A reply](#reply)\n  > It tempts.\n\n"
        "### The morning {#morning .choose-all}\n\nMorning.\n\n" + OPTIONS + "### The reply {#reply}\n\nIt ends here.\n"
    )
    (scenario,) = quiz(folder).scenarios
    assert list(scenario.scenes) == ["late", "morning", "reply"]
    late, morning, reply = scenario.scenes.values()
    assert [(option.label, option.leads_to) for option in late.options] == [(("Wait.",), "morning"), (("Answer <em>now</em>.",), "reply")]
    assert (late.choose_all, morning.choose_all, reply.options) == (False, True, ())


@pytest.mark.parametrize(
    "options",
    [
        "- [best] Wait\n  for it.\n  > Nothing\n  > is lost.\n- [poor] Answer.\n  > It tempts.\n",
        "* [best] Wait\n  for it.\n\n  > Nothing\n  is lost.\n\n\n* [poor] Answer.\n\n  > It tempts.\n",
        "1. [best] Wait\nfor it.\n\n  > Nothing\n  > is lost.\n\n2. [ poor ] Answer.\n\n  > It tempts.\n",
        "1) [best] Wait\n   for it.\n\n    > Nothing\n    > is lost.\n2) [poor] Answer.\n\n\t> It tempts.\n",
    ],
)
def test_options_may_be_written_tight_or_loose(folder, options):
    folder.quiz(SCENARIO + options)
    options = quiz(folder).scenarios[0].scenes["late"].options
    assert [option.rule.otherwise for option in options] == [Rating.BEST, Rating.POOR]
    assert [" ".join(option.label[0].split()) for option in options] == ["Wait for it.", "Answer."]
    assert [option.feedback for option in options] == [("<p>Nothing\nis lost.</p>\n",), ("<p>It tempts.</p>\n",)]


def test_a_plain_list_inside_the_story_is_no_list_of_options(folder):
    folder.quiz(SCENARIO + "You see\n\n- a phone\n- a [link](/help)\n\nWhat now?\n\n" + OPTIONS)
    scene = quiz(folder).scenarios[0].scenes["late"]
    assert len(scene.options) == 2
    assert "<li>a phone</li>" in scene.words[0]


def test_feedback_holds_blocks(folder):
    folder.quiz(SCENARIO + OPTIONS.replace("Nothing is lost.", "One.\n  >\n  > /// policy | pupil-contact: none\n  > Two {{ school }}.\n  > ///\n  >\n  > Three."))
    feedback = quiz(folder).scenarios[0].scenes["late"].options[0].feedback
    assert feedback[0] == "<p>One.</p>\n"
    assert (feedback[1].facet, feedback[1].stances, feedback[1].words[0]) == ("pupil-contact", {"none"}, "<p>Two ")
    assert feedback[2] == "<p>Three.</p>\n"


@pytest.mark.parametrize(("before", "line"), [("It is late.", 7), ("> Nothing is lost.", 11)])
def test_a_try_stands_in_lessons_alone(folder, before, line):
    space, quote = ("  ", "> ") if before.startswith(">") else ("", "")
    written = f"\n{space}{quote}".join(("/// try | t", "- a", "  > b", "- c", "  > d", "///"))
    folder.quiz(LAST.replace(before, quote + written))
    assert folder.said() == [
        f"01-late.md:{line}: `try` stands in lessons alone; in a scenario write its choices as options, with ratings"
    ]


def test_rules_between_scenarios_are_no_words(folder):
    folder.quiz(LAST + "---\n\n" + LAST.replace("#late", "#later"))
    assert len(quiz(folder).scenarios) == 2


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("[best] Wait", "Wait", "10: this option has no rating; begin it with [best], [fine], [poor] or [breach]"),
        ("[poor] Answer", "[Poor] Answer", '14: unknown rating "Poor"; write "poor"'),
        ("[poor] Answer", "[por] Answer", '14: unknown rating "por"; write "poor"'),
        ("[poor] Answer", "[] Answer", '14: unknown rating ""; known are: best, breach, fine, poor'),
        ("[best] Wait", "[best](/x) Wait", "10: this option's rating is a link; write a space after the brackets"),
        ("[poor] Answer", "[poor; best if pupil-contac is none] Answer", '14: unknown facet "pupil-contac"; write "pupil-contact"'),
        ("[poor] Answer", "[poor; best if pupil-contact is non] Answer", '14: unknown stance "non" of pupil-contact; write "none"'),
        ("[poor] Answer", "[poor; best if pupil-contact none] Answer", '14: "pupil-contact none" can\'t be read; write `FACET is STANCE`'),
        ("\n\n  > Nothing is lost.", "", "10: this option has no feedback; write it under the option as two spaces, `>` and its words"),
        ("  > Nothing", "  Nothing", "12: an option is one paragraph and a block quote; write this in one of them"),
        ("[best] Wait.", "[best]", "10: this option has no words; write them after the rating"),
        ("Answer.", "*wait*.", "14: this option has the same words as the one on line 10; write other words"),
        ("Wait.", "Wait. [So](#morning)", '10: no scene of this scenario is called "morning"; known are: late'),
        ("Wait.", "Wait. [So](#late) it is.", "10: only the last words of an option can lead to a scene; "),
        ("It is late.", "It is [late](#late).", "8: only the last words of an option can lead to a scene; "),
        ("{#late .messages}", "{#late}", "6: this scenario has no theme; write {#late .theme} after the heading"),
        ("{#late .messages}", "{.messages}", "6: this heading has no id; write {#its-id .theme} after it"),
        (" {#late .messages}", "", "6: this heading has no id; write {#its-id .theme} after it"),
        ("{#late .messages}", "{#late .mesages}", '6: unknown theme "mesages"; write "messages", or add it to the course'),
        ("{#late .messages}", "{#late .messages phase=primry}", '6: unknown phase "primry"; write "primary", or leave it out for everyone'),
        ("{#late .messages}", "{#late .messages read=early}", '6: `read` names no lesson of this course: "early"; known are: late'),
        ("{#late .messages}", '{#late .messages read="late#what"}', '6: the lesson "late" has no heading "what"; known are: what-to-do'),
        ("{#late .messages}", '{#late .messages read="late#"}', "6: `read` names no lesson; write read=lesson or"),
        ("{#late .messages}", '{#late .messages warn=""}', '6: `warn` says nothing; write warn="self-harm", say'),
        ("{#late .messages}", "{#late .messages onclick=x}", '6: the attribute "onclick" can\'t be used on this heading; '),
        ("{#late .messages}", "{#late .messages warn=self harm}", '6: the attribute "harm" can\'t be used on this heading; '),
        ("A late message {", "{", "6: this heading has no words; "),
        ("It is late.", "#### Deep", "8: a quiz has headings of two levels; write ## for a scenario and ### for a later scene of it"),
        ("It is late.", "> ## Deep", "8: a heading stands inside a block, a list or a quote; "),
        ("It is late.", "/// key\n## Deep {#x}\n///", "9: a heading stands inside a block, a list or a quote; "),
        (OPTIONS, "- one\n- two\n", "6: nothing is asked here; write a list of options"),
        (OPTIONS, "- [best] Wait.\n\n  > Nothing.\n", "10: this is the only option; write at least two"),
        (OPTIONS, OPTIONS + "Then:\n\n" + OPTIONS, "20: a second list of options stands in this scene; "),
        (SCENARIO, OPTIONS + SCENARIO, "6: options stand before the first scenario; "),
        (SCENARIO, "### x {#y}\n\n" + SCENARIO, "6: a scene stands before the first scenario; write a heading with ## above it"),
        (LAST, "", "1: the quiz has no scenarios; write one under a heading such as"),
    ],
)
def test_quizzes_that_are_wrong(folder, before, after, said):
    assert before in LAST
    folder.quiz("\n" + LAST.replace(before, after, 1))  # from line 6 on
    assert [line.removeprefix("01-late.md:")[: len(said)] for line in folder.said()].count(said) == 1, folder.said()


@pytest.mark.parametrize(
    ("scene", "said"),
    [
        ("### So {#Late}\n\nx\n", '17: the id "Late" is on line 5 too; give one of them another'),
        ("### So {#so .messages}\n\nx\n", '17: ".messages" stands on a later scene; '),
        ("### So {#so phase=primary}\n\nx\n", '17: the attribute "phase" belongs on the heading of the scenario; write it there'),
        ("### So\n\nx\n", "17: this heading has no id; write {#its-id} after it"),
        ("### So {#so .choose-all}\n\nx\n", "17: nothing is asked here; "),
        ("### So {#so .choose-all}\n\nx\n\n" + OPTIONS.replace("Wait.", "Wait. [x](#late)"), "21: an option leads on where all that apply are chosen; "),
        (LAST, '17: the id "late" is on line 5 too; give one of them another'),
        (LAST.replace("#late", "#later").replace("Wait.", "Wait. [x](#late)"), '21: no scene of this scenario is called "late"; write "later"'),
    ],
)
def test_later_scenes_that_are_wrong(folder, scene, said):
    folder.quiz(LAST + scene)  # the scene from line 17 on
    assert any(line.removeprefix("01-late.md:").startswith(said) for line in folder.said()), folder.said()


@pytest.mark.parametrize(
    ("ask", "phases", "said"),
    [
        (1, ("", ""), None),
        (2, ("", ""), None),
        (3, ("", ""), "`ask` is 3, and 2 of the scenarios fit a primary school; write `ask: 2` or less"),
        (2, ("", "secondary"), "`ask` is 2, and 1 of the scenarios fit a primary school; write `ask: 1` or less"),
        (1, ("primary", "primary"), "`ask` is 1, and no scenario fits a secondary school; write one without phase"),
        (0, ("", ""), "`ask` is not a whole number from 1 to 999; write `ask: 6`, say"),
    ],
)
def test_ask_fits_every_phase(folder, ask, phases, said):
    body = "".join(
        LAST.replace("{#late .messages}", f"{{#s{number} .messages{f' phase={phase}' if phase else ''}}}") for number, phase in enumerate(phases)
    )
    folder.quiz(body, f"title: Late\nask: {ask}")
    found = [line for line in folder.said() if line.startswith("01-late.md:3: ")]
    assert found[:1] == ([f"01-late.md:3: {said}"] if said else [])


def test_words_that_would_be_lost_are_a_warning(folder):
    folder.quiz("Before.\n\n" + LAST + "After.\n")
    assert folder.said() == [
        "01-late.md:19: warning: these words stand after the options and are shown before them; move them above",
        "01-late.md:5: warning: these words stand before the first scenario and are shown nowhere; move them under its heading",
    ]


def test_a_quiz_whose_words_name_everything_is_sound(folder):
    folder.write("quizzes/c/01-late.md", QUIZ.replace("It is late.", "Ring {{ fact helpline-phone }}, {{ safeguarding lead }}.").replace("Wait.", "Tell {{ headteacher }}."))
    label = quiz(folder).scenarios[0].scenes["late"].options[0].label
    assert label[0] == "Tell "
    assert (label[1].kind, label[1].name) == ("school", "headteacher")
