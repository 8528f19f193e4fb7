"""An edition opened to be read years later, and what reads otherwise now: nothing lost, nothing guessed."""

import hashlib
import json
from dataclasses import replace

from induction.content.editions import as_it_was, policy_document, then_and_now
from induction.content.editions.lesson_edition import course_edition, lesson_edition
from induction.content.editions.quiz_edition import quiz_edition
from induction.content.model import OwnWords, School
from tests.choices import chosen
from tests.content.folders import COURSE, INDEX, LATE_QUIZ, QUIZ
from tests.content.pictures import png

SCHOOL = School("Wrenfield", words={"safeguarding lead": "Priya Nair"}, choices=chosen({"pupil-contact": "none"}), policy_version=1)
RULE = "/// policy | pupil-contact: none\nStaff have none.\n///\n"


def texts(folder, school=SCHOOL):
    """The text of the edition of the lesson, of its scenarios, and of the course."""
    read = folder.read()
    assert not read.problems, folder.said()
    course, known = read.library.courses["c"], read.library
    lesson = course.lesson("late")
    scenarios = quiz_edition(course, course.quizzes["late"], known, school)
    return lesson_edition(lesson, known, school).text, scenarios.text, course_edition(course, known, school).text


def since(compare, open_it, before, after, *more):
    found = compare(open_it(before).shown, open_it(after).shown, *more)
    return [(each.shown.title, each.before and each.before.html, each.after and each.after.html) for each in found]


def as_written_then(text, **changed):
    """A text that an earlier release wrote: with other words of its own."""
    kept = json.loads(text)
    return json.dumps({**kept, **{name: change(kept[name]) for name, change in changed.items()}})


def test_a_lesson_is_drawn_from_its_edition_alone_open_and_without_boxes_to_tick(folder):
    folder.lesson(f"/// more | Why\nBecause.\n///\n\n/// checklist | mine\n- One\n///\n\nAsk {{{{ safeguarding lead }}}}.\n\n{RULE}")
    then = as_it_was.lesson(texts(folder)[0])
    assert then.shown.title == "Late messages" and then.unknown == () and then.stances["pupil-contact"].label == "No online contact"
    for said in ("Because.", "<li>One</li>", "Ask Priya Nair.", "Our policy at Wrenfield", "Staff have none."):
        assert said in then.shown.html
    assert "<details" not in then.shown.html and "<input" not in then.shown.html


def test_a_block_that_this_release_has_no_more_is_named_and_its_words_stay(folder):
    folder.lesson("Before.\n\n/// key\nHold on to this.\n///\n\nAfter {{ safeguarding lead }}.\n")
    text = as_written_then(texts(folder)[0], source=lambda words: words.replace("/// key", "/// map | Here"))
    then = as_it_was.lesson(text)
    assert then.unknown == ("the block “map”",)
    assert [then.shown.html.index(said) for said in ("Before.", "Hold on to this.", "After Priya Nair.")] == sorted(
        then.shown.html.index(said) for said in ("Before.", "Hold on to this.", "After Priya Nair.")
    )


def test_a_word_that_this_release_has_no_more_says_what_it_said(folder):
    folder.lesson("Ask {{ safeguarding lead }}.\n")
    of_before = as_written_then(
        texts(folder)[0],
        source=lambda words: words.replace("safeguarding lead", "year head"),
        words=lambda words: {"year head": "Ivo <Brandt>"},
    )
    then = as_it_was.lesson(of_before)
    assert "Ask Ivo &lt;Brandt&gt;." in then.shown.html and then.unknown == ()
    forgotten = as_it_was.lesson(as_written_then(of_before, words=lambda words: {}))
    assert forgotten.unknown == ("the word “year head”",) and "{{ year head }}" in forgotten.shown.html


def test_what_this_release_cannot_read_at_all_is_left_as_it_was_written(folder):
    deep = "".join(f"{'/' * (3 + 20 - n)} key\n" for n in range(20)) + "Deep.\n"
    text = as_written_then(texts(folder)[0], source=lambda words: words + deep)
    then = as_it_was.lesson(text)
    assert then.shown is None and then.source.endswith("Deep.\n") and then.text == text


def test_a_picture_is_shown_while_its_file_is_kept_and_told_in_words_after(folder):
    folder.write("courses/c/pictures/gate.png", png())
    folder.lesson("Look: ![The gate & the wall](pictures/gate.png)\n")
    html = as_it_was.lesson(texts(folder)[0]).shown.html
    name = f"{hashlib.sha256(png()).hexdigest()}.png"
    asked = []
    assert as_it_was.with_its_pictures(html, lambda each: asked.append(each) or True) == (html, 0) and asked == [name]
    told, gone = as_it_was.with_its_pictures(html, lambda each: False)
    assert gone == 1 and "<img" not in told
    assert "[A picture stood here that is not kept any more: The gate &amp; the wall]" in told


# Then and now

def test_the_same_words_under_another_version_of_the_policy_are_no_change(folder):
    folder.lesson(f"You can wait.\n\n{RULE}")
    before, after = texts(folder), texts(folder, replace(SCHOOL, policy_version=7))
    assert before[0] != after[0]
    assert since(then_and_now.of_lesson, as_it_was.lesson, before[0], after[0]) == []


def test_another_rule_is_a_change_of_the_words_it_is_in(folder):
    folder.lesson(f"You can wait.\n\n{RULE}")
    now = texts(folder, replace(SCHOOL, choices=chosen({"pupil-contact": "platforms"})))[0]
    [(_, before, after)] = since(then_and_now.of_lesson, as_it_was.lesson, texts(folder)[0], now)
    assert "<p><del>Staff have none.</del></p>" in before and "version" not in before and after == ""


def test_of_scenarios_those_that_were_asked_are_compared_with_how_they_are_judged(folder):
    second = QUIZ.split("---\n\n")[1].replace("#late", "#later").replace("A late message", "Later").replace("It is late.", "It is later.")
    folder.write(LATE_QUIZ, QUIZ + "\n" + second)
    before = texts(folder)[1]
    folder.write(LATE_QUIZ, (QUIZ + "\n" + second).replace("[poor] Answer.", "[breach] Answer at once.").replace("later.", "very late."))
    after = texts(folder)[1]
    found = then_and_now.of_scenarios(as_it_was.scenarios(before).shown, as_it_was.scenarios(after).shown, ["late"])
    [option] = found
    assert (option.before.rating, option.after.rating) == ("poor", "breach") and "Answer <ins>at once</ins>." in option.after.html
    assert {each.shown.title for each in then_and_now.of_scenarios(
        as_it_was.scenarios(before).shown, as_it_was.scenarios(after).shown, ["late", "later", "never-there"]
    )} == {"A late message", "Later"}  # fmt: skip


def test_of_a_course_what_it_is_called_and_for(folder):
    before = texts(folder)[2]
    folder.write(COURSE, INDEX.replace("title: Boundaries", "title: Boundaries here").replace("What it is for.", "What it is all for."))
    found = since(then_and_now.of_course, as_it_was.course, before, texts(folder)[2])
    assert [after for _, _, after in found] == ["<p>Boundaries <ins>here</ins></p>", "<p>What it is <ins>all</ins> for.</p>"]


def test_of_the_policy_by_its_sections(folder):
    known = folder.read().library

    def opened(words):
        text = policy_document.policy_edition(OwnWords(True, words, {}), known, SCHOOL).text
        return as_it_was.policy(text).shown

    before = opened("# Ours & yours\n\n## Phones\n\nPut them away.\n\n## Games\n\nNone.\n")
    after = opened("# Ours\n\n## Phones\n\nPut all of them away.\n\n## Chats\n\nNone.\n")
    found = {each.shown.title: (each.before and each.before.html, each.after and each.after.html) for each in then_and_now.of_policy(before, after)}
    assert found["Phones"] == ("<p>Put them away.</p>", "<p>Put <ins>all of</ins> them away.</p>")
    assert found["What it is called"] == ("<p>Ours <del>&amp; yours</del></p>", "<p>Ours</p>")
    assert found["Games"][1] is None and found["Chats"][0] is None
    assert then_and_now.of_policy(after, after) == []


def test_two_hostile_texts_are_compared(folder):
    """Nothing here takes long; where it did, this would not end."""
    paragraphs = [f"x y {' z' * 40} {number % 7}" for number in range(1900)]
    folder.lesson("\n\n".join(paragraphs))
    before = texts(folder)[0]
    folder.lesson("\n\n".join(reversed([f"{each} more" if number % 2 else each for number, each in enumerate(paragraphs)])))
    assert since(then_and_now.of_lesson, as_it_was.lesson, before, texts(folder)[0])
