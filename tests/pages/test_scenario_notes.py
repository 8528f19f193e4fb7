"""*This question is wrong*: from what follows an answer to the lead, and the answer back to whoever asked."""

import json
from datetime import UTC, datetime

import pytest

from induction.records.progress import attempts, scenario_notes
from induction.records.store.database import transaction
from induction.rules.roles import Role
from tests.browser import Page
from tests.cast import COURSE, Cast
from tests.walking import answer, start

LESSON = "friend-requests"
NOTE = "/attempts/1/1/note"
WORDS = "The year is wrong: Jordan is in Year 10 here and in Year 9 below."


@pytest.fixture
def answered(cast: Cast) -> Cast:
    """Tess has answered one scene."""
    start(cast.tess, LESSON)
    answer(cast, cast.tess, "tess")
    return cast


def sent(cast: Cast, words: str = WORDS) -> Page:
    cast.tess.open("/attempts/1/1")
    cast.tess.press("This question is wrong")
    return cast.tess.press("Send the note", words=words)


def scenario(cast: Cast):
    """The scenario that Tess answered, in the words of her attempt."""
    attempt = cast.attempts_of("tess")[0]
    return cast.programme.attempted(attempt).scenarios[attempt.answers[0].scenario]


def kept(cast: Cast) -> list[str]:
    return [note.words for note in scenario_notes.of_person(cast.records, cast.who("tess").id)]


# Sending


def test_a_note_goes_from_what_follows_to_the_lead(answered):
    page = answered.tess.open("/attempts/1/1")
    assert page.link("This question is wrong").get("href") == NOTE
    page = answered.tess.press("This question is wrong")
    assert page.heading == "This question is wrong" and scenario(answered).title in page.text
    page = answered.tess.press("Send the note", words=f"\r\n{WORDS}\r\n\r\nSee line 2. ")
    assert page.way == [(303, "/attempts/1/1")] and "Sent. Lou Hartley reads it." in page.text
    [note] = scenario_notes.of_person(answered.records, answered.who("tess").id)
    assert note.words == f"{WORDS}\n\nSee line 2."
    assert (note.scenario, note.lesson) == (scenario(answered).id, LESSON)
    assert note.quiz_version == answered.attempts_of("tess")[0].quiz_version


def test_the_page_says_who_reads_it(answered):
    assert "Lou Hartley reads your note" in answered.tess.open(NOTE).text
    answered.add("Ida Brook", Role.LEAD)
    assert "Lou Hartley reads your note" in answered.tess.open(NOTE).text, "who was only invited reads nothing"
    answered.sign_in_new("ida")
    assert "Ida Brook and Lou Hartley read your note" in answered.tess.open(NOTE).text
    answered.add("Abel Wren", Role.LEAD)
    answered.sign_in_new("abel")
    assert "Abel Wren and 2 other leads read your note" in answered.tess.open(NOTE).text


def test_it_can_be_sent_after_the_end_too(answered):
    while answered.tess.page.has_link("Next"):
        if not answered.tess.press("Next").options():
            break
        answer(answered, answered.tess, "tess")
    assert answered.attempts_of("tess")[0].finished_at
    assert sent(answered).way == [(303, "/attempts/1/1")] and kept(answered) == [WORDS]


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ("", "Write what is wrong with it."),
        (" \t\r\n\u00a0 ", "Write what is wrong with it."),
        ("x" * 2001, "Use at most 2,000 characters."),
        ("a\0b", "That holds the sign U+0000, which can't be stored. Take it out, or type the words again by hand."),
    ],
)
def test_what_cant_be_kept_is_said_and_nothing_is_lost(answered, words, problem):
    page = sent(answered, words)
    assert (page.status, page.problems) == (200, [problem]) and page.title.startswith("Not sent yet")
    assert page.field("words").text == " ".join(words.replace("\0", "").split()) or "\0" in words
    assert kept(answered) == []


def test_two_thousand_characters_are_taken_and_one_more_is_not(answered):
    assert sent(answered, "é" * 2000).way
    assert sent(answered, "é" * 2001).problems
    assert kept(answered) == ["é" * 2000]


def test_pressing_twice_is_harmless(answered):
    answered.tess.open(NOTE)
    key = answered.tess.page.field("key").get("value")
    for _ in range(3):
        page = answered.tess.send(NOTE, {"words": WORDS, "key": key})
        assert page.way == [(303, "/attempts/1/1")] and "Sent." in page.text
    assert kept(answered) == [WORDS]


def test_another_note_from_the_same_page_is_never_lost_silently(answered):
    answered.tess.open(NOTE)
    key = answered.tess.page.field("key").get("value")
    answered.tess.send(NOTE, {"words": WORDS, "key": key})
    page = answered.tess.send(NOTE, {"words": "And the month.", "key": key})
    assert page.problems and page.field("words").text == "And the month."
    assert kept(answered) == [WORDS]
    assert answered.tess.press("Send the note").way
    assert kept(answered) == ["And the month.", WORDS]


@pytest.mark.parametrize("key", ["", "short", "x" * 101, "\u00e9" * 20, "k" * 15 + "'", ["a" * 20, "b" * 20]])
def test_a_key_that_does_not_fit_is_replaced(answered, key):
    assert answered.tess.send(NOTE, {"words": WORDS, "key": key}).way
    assert kept(answered) == [WORDS]


def test_fields_made_up_change_nothing(answered):
    made_up = {"person": "1", "scenario": "elsewhere", "step": "9", "attempt": "9", "at": "1970-01-01", "answer": "x"}
    answered.tess.send(NOTE, {"words": [WORDS, "Another."], "key": "k" * 20, **made_up})
    [note] = scenario_notes.of_person(answered.records, answered.who("tess").id)
    assert (note.words, note.scenario, note.answer) == (WORDS, scenario(answered).id, None)


@pytest.mark.parametrize("words", [b"half \xed\xa0\x80", b"\xff\xfe", "\u202etxt.exe", "=1+1", "<b>Ida</b>", "{{ config }}"])
def test_hostile_words_are_refused_or_only_words(answered, words):
    page = answered.tess.send(NOTE, {"words": words, "key": "k" * 20})
    assert page.status == 200 and (page.way or page.problems)
    for browser, path in ((answered.tess, "/record"), (answered.lou, "/school/notes")):
        page = browser.open(path)
        assert page.status == 200
        assert not kept(answered) or " ".join(kept(answered)[0].split()) in page.text


@pytest.mark.parametrize("who", ["max", "nia", "lou", "sam"])
def test_it_is_nobody_elses(answered, who):
    browser, missing = getattr(answered, who), getattr(answered, who).open("/attempts/999/1/note")
    assert (missing.status, browser.open(NOTE).status) == (404, 404)
    assert browser.page.text == missing.text
    assert browser.send(NOTE, {"words": WORDS, "key": "k" * 20}).status == 404
    assert kept(answered) == [] and scenario_notes.count(answered.records) == (0, 0)


def test_a_step_that_is_not_answered_has_no_note(answered):
    for path in ("/attempts/1/2/note", "/attempts/1/0/note", f"/attempts/1/{10**17}/note", f"/attempts/1/{'9' * 5000}/note"):
        assert answered.tess.open(path).status == 404
        assert answered.tess.send(path, {"words": WORDS}).status == 404
    assert kept(answered) == []


def test_a_stranger_and_another_method(answered):
    assert answered.browser().open(NOTE).way == [(303, f"/sign-in?next={NOTE}")]
    assert answered.tess.request("PUT", NOTE).status == 405
    assert answered.tess.send(NOTE, {"words": WORDS}, token=False).status == 400
    assert kept(answered) == []


# The lead's page


def test_the_lead_sees_the_scenario_as_it_was_asked(answered):
    sent(answered)
    page, shown = answered.lou.open("/school/notes"), scenario(answered)
    assert "One note waits for an answer" in page.text
    assert shown.title in [each.text for each in page.document.all("h2")]
    assert "Tess Okafor wrote on" in page.text and WORDS in page.text
    folded = next(each for each in page.main.all("details") if "how each is judged" in each.text)
    for option in shown.scenes[shown.id].options:
        assert option.label in folded.text
    outside = page.text.replace(folded.text, "")
    assert "Over the line" not in outside and "Best" not in outside
    assert ", changed since" not in page.text


def test_the_words_stay_those_that_were_asked(answered):
    """A note on each scenario of the lesson; then a policy that turns some of them round."""
    then = answered.programme.attempted(answered.attempts_of("tess")[0])
    note = {"person_id": answered.who("tess").id, "attempt_id": 1, "step": 1, "words": WORDS}
    with transaction(answered.records):
        for word in then.scenarios:
            key = f"a-note-on-{word:20}".replace(" ", "-")
            scenario_notes.send(answered.records, **note, scenario=word, key=key, now=datetime.now(UTC))
    before = answered.lou.open("/school/notes").text
    facets = answered.programme.library.facets.values()
    answered.choose(**{facet.name.replace("-", "_"): facet.stances[-1].name for facet in facets})
    course = answered.programme.library.courses[COURSE]
    today = answered.programme.quiz(course, course.lesson(LESSON)).scenarios
    assert today != then.scenarios
    page = answered.lou.open("/school/notes")
    main = page.text[page.text.index("Notes on scenarios"):]
    assert main.replace(", changed since", "") == before[before.index("Notes on scenarios"):]
    assert main.count(", changed since") == sum(today[word] != asked for word, asked in then.scenarios.items()) > 0


def test_a_new_version_of_the_policy_alone_changes_no_scenario(cast):
    cast.choose(pupil_contact="school-platforms")
    start(cast.tess, "where-the-line-is")
    attempt = cast.attempts_of("tess")[0]
    then, words = cast.programme.attempted(attempt), {"person_id": cast.who("tess").id, "attempt_id": 1, "step": 1, "words": WORDS}
    answer(cast, cast.tess, "tess")
    with transaction(cast.records):
        for word in then.scenarios:
            scenario_notes.send(cast.records, **words, scenario=word, key=f"a-note-on-{word:20}".replace(" ", "-"), now=datetime.now(UTC))
    cast.choose(ai_tools="none")
    course = cast.programme.library.courses[COURSE]
    edition = cast.programme.quiz_edition(course, course.lesson("where-the-line-is"))
    assert edition.sha256 != attempt.quiz_version, "it holds the policy's number"
    assert "changed since" not in cast.lou.open("/school/notes").text
    cast.choose(pupil_contact="none")
    page = cast.lou.open("/school/notes")
    assert 0 < page.text.count("changed since") < len(then.scenarios)


def test_the_lead_never_sees_what_was_chosen(cast):
    """Two who chose otherwise in a story of several scenes, each at another scene when they write: told alike."""
    for who in ("tess", "sam"):
        start(getattr(cast, who), LESSON)
    quiz = cast.programme.attempted(cast.attempts_of("tess")[0])
    story = next(each for each in quiz.scenarios.values() if sum(bool(scene.options) for scene in each.scenes.values()) > 1)
    with transaction(cast.records):
        for who in ("tess", "sam"):
            open_one = cast.attempts_of(who)[0]
            others = [each for each in open_one.drawn if each != story.id][: len(open_one.drawn) - 1]
            attempts.replace_drawn(cast.records, open_one, [story.id, *others])
    options = story.scenes[story.id].options
    further = next(each.number for each in options if each.leads_to and story.scenes[each.leads_to].options)
    elsewhere = next(each.number for each in options if each.number != further)
    cast.tess.send("/attempts/1", {"option": f"1.{story.id}.{further}"})
    page = cast.tess.open("/attempts/1")
    cast.tess.send("/attempts/1", {"option": page.options()[0][0]})
    cast.tess.open("/attempts/1/2/note")
    assert "It has several scenes; say which one you mean." in cast.tess.page.text
    assert "What you chose does not" in cast.tess.page.text
    cast.tess.press("Send the note", words=WORDS)
    cast.sam.send("/attempts/2", {"option": f"1.{story.id}.{elsewhere}"})
    cast.sam.send("/attempts/2/1/note", {"words": WORDS, "key": "k" * 20})
    page = cast.lou.open("/school/notes")
    _, tess, sam = page.text.split(WORDS)
    assert tess.partition("Your answer")[0] == sam.partition("Your answer")[0]
    assert all(option.label in tess for scene in story.scenes.values() for option in scene.options)
    assert "What the sender chose is not shown here" in page.text


def test_an_answer_reaches_the_sender(answered):
    sent(answered)
    assert "none yet" in answered.tess.open("/record").text
    answered.lou.open("/school/notes")
    page = answered.lou.press("Answer", words="It is.\nThank you.")
    assert page.way == [(303, "/school/notes")] and "Answered. Tess reads it" in page.text
    assert "No note waits for an answer" in page.text and "One answered note" in page.text
    page = answered.tess.open("/record")
    section = page.text.partition("Notes you sent")[2]
    assert scenario(answered).title in section and WORDS in section
    assert "Lou Hartley answered today" in section and "It is. Thank you." in section
    everything = json.loads(answered.tess.open("/record/export").body)
    assert [(each["words"], each["answer"]) for each in everything["notes"]] == [(WORDS, "It is.\nThank you.")]
    lead = json.loads(answered.lou.open("/record/export").body)
    assert [each["answer"] for each in lead["notes_answered_as_lead"]] == ["It is.\nThank you."]


def test_a_second_answer_changes_nothing_and_says_so(answered):
    sent(answered)
    answered.lou.send("/school/notes/1", {"words": "It is."})
    again = answered.lou.send("/school/notes/1", {"words": "It is."})
    assert again.way and "Answered." in again.text, "pressed twice"
    page = answered.lou.send("/school/notes/1", {"words": "No, it is right."})
    assert page.status == 200 and "Not kept: that note has its answer already" in page.text
    assert "No, it is right." in page.text and "Lou Hartley answered it meanwhile" in page.text
    assert scenario_notes.find(answered.records, 1).answer.words == "It is."
    assert answered.lou.send("/school/notes/1", {"words": ""}).status == 200
    assert "No, it is right." not in answered.tess.open("/record").text


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ("", "Write your answer."),
        (" \n ", "Write your answer."),
        ("x" * 2001, "Use at most 2,000 characters."),
        ("a\0b", "That holds the sign U+0000, which can't be stored. Take it out, or type the words again by hand."),
        (b"\xed\xa0\x80", None),
    ],
)
def test_an_answer_that_cant_be_kept_is_said(answered, words, problem):
    sent(answered)
    sent(answered, "Another.")
    page = answered.lou.send("/school/notes/2", {"words": words})
    assert page.status == 200 and (problem is None or page.problems == [problem])
    if problem:
        first, second = [each for each in page.document.all("textarea")]
        assert first.get("id") == "answer-1" and first.text == "", "the other note's form is untouched"
        assert second.get("id") == "answer-2" and scenario_notes.count(answered.records) == (2, 0)


def test_a_note_that_is_not_there(answered):
    for path in ("/school/notes/1", "/school/notes/999", f"/school/notes/{10**17}", "/school/notes/x"):
        assert answered.lou.send(path, {"words": "It is."}).status == 404
    assert answered.lou.open("/school/notes/1").status == 405
    assert scenario_notes.count(answered.records) == (0, 0)


@pytest.mark.parametrize("who", ["tess", "max", "nia", "sam"])
def test_leads_alone_read_and_answer(answered, who):
    sent(answered)
    browser = getattr(answered, who)
    assert browser.open("/school/notes").status == 404
    assert browser.send("/school/notes/1", {"words": "It is."}).status == 404
    assert scenario_notes.count(answered.records) == (1, 0)


def test_nothing_yet_says_what_will_be_here(cast):
    page = cast.lou.open("/school/notes")
    assert "No note waits for an answer" in page.text and not page.has_button("Answer")


def test_the_overview_says_how_many_wait(answered):
    assert "for an answer" not in answered.lou.open("/school/overview").text
    sent(answered)
    page = answered.lou.open("/school/overview")
    assert "1 note on a scenario waits for an answer." in page.text
    assert page.link("Read and answer").get("href") == "/school/notes"
    sent(answered, "Another.")
    assert "2 notes on scenarios wait for an answer." in answered.lou.open("/school/overview").text


def test_many_notes_come_in_portions(answered):
    with transaction(answered.records):
        for number in range(1, 111):
            note = {"person_id": answered.who("tess").id, "attempt_id": 1, "step": 1, "scenario": scenario(answered).id}
            scenario_notes.send(
                answered.records, **note, words=f"Note {number}.", key=f"key-number-{number:06}",
                now=datetime.now(UTC),
            )
            if number <= 55:
                by = answered.who("lou").id
                scenario_notes.answer(answered.records, number, words="Yes.", by=by, now=datetime.now(UTC))
    page = answered.lou.open("/school/notes")
    assert "55 notes wait for an answer" in page.text and "55 answered notes" in page.text
    assert len(page.document.all("textarea")) == 50 and "These are the oldest 50" in page.text
    assert "Note 56." in page.text and "Note 55." in page.text and "Note 5." not in page.text.split()
    page = answered.lou.open("/school/notes?page=2")
    folded = next(each for each in page.main.all("details") if each.get("id") == "answered")
    assert "Note 5." in folded.text and "Note 6." not in folded.text and "open" in folded.attrs
    for nonsense in ("0", "-1", "x", "9" * 6, "9" * 5000, "%00"):
        assert answered.lou.open(f"/school/notes?page={nonsense}").status == 200
    page = answered.lou.send("/school/notes/110", {"words": ""})
    assert page.problems == ["Write your answer."] and page.document.all("textarea")[0].get("id") == "answer-110"


def test_the_page_on_what_is_kept_says_so(cast):
    text = cast.tess.open("/what-we-keep").text
    assert "Notes you send on a scenario" in text and "They read the notes you send, not what you chose there." in text
