"""Answering the policy's questions, one a page: what is saved, where one goes on, and what is said of it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from induction.content.conditions import in_force
from induction.content.model import Choice
from induction.records.policy import acknowledgements, draft
from induction.records.policy.draft import Draft
from induction.records.store.columns import moment_text
from induction.records.store.database import transaction
from induction.rules.roles import Role
from induction.services import policy_publication
from tests.cast import Cast
from tests.walking import walk

HOME = "/school/policy"
SAVE, BACK = "Save and next", "Save and back to the list"
NOW = datetime.now(UTC)


def drafted(cast: Cast) -> dict[str, tuple[str, str]]:
    return {each.facet: (each.stance, each.words) for each in draft.read(cast.records).choices.values()}


def ask(cast, facet, browser=None):
    """Open a question."""
    return (browser or cast.lou).open(f"{HOME}/choices/{facet}")


def answer(cast, facet, button=SAVE, browser=None, **fields):
    """Open a question and send an answer to it; words beside an answer are given as words_<stance>."""
    ask(cast, facet, browser)
    return (browser or cast.lou).press(button, **fields)


def ticked(page) -> list[str]:
    return [each.get("value") for each in page.main.all("input") if each.get("type") == "radio" and "checked" in each.attrs]


def label(cast, facet, stance):
    return cast.programme.library.facets[facet].stance(stance).label


def answer_all_but(cast, *left):
    """Drafts the cautious rule on every question but these."""
    with transaction(cast.records):
        for each in cast.programme.library.facets.values():
            if each.name not in left:
                draft.save_choice(cast.records, Choice(each.name, each.cautious.name), cast.who("lou").id, NOW)


# What is saved, and what is said of it


def test_an_answer_is_saved_and_named_on_the_next_question_with_the_way_back(cast):
    page = answer(cast, "pupil-contact", stance="school-platforms")
    assert page.way == [(303, f"{HOME}/choices/contact-hours")] and "Question 2 of 22" in page.text
    assert "Saved in the draft: Pupil contact, “School platforms only”. It applies once you publish." in page.text
    assert page.link("Back to that question").get("href") == f"{HOME}/choices/pupil-contact"
    assert drafted(cast) == {"pupil-contact": ("school-platforms", "")}
    page = cast.lou.press("Back to that question")
    assert ticked(page) == ["school-platforms"] and "Not published yet: until it is, “No online contact” applies" in page.text
    assert "Drafted by Lou Hartley on " in page.text


def test_it_can_be_saved_on_the_way_back_to_the_list(cast):
    page = answer(cast, "gaming", BACK, stance="none")
    assert page.way == [(303, HOME)] and "Saved in the draft: Gaming, “No gaming with pupils”." in page.text
    assert page.has_link("Back to that question")


def test_what_stands_already_is_not_saved_again_and_one_goes_on(cast):
    answer(cast, "gaming", stance="none")
    hands = draft.read(cast.records).hands
    page = answer(cast, "gaming")
    assert "Gaming stands as it did, “No gaming with pupils”. Nothing more was changed." in page.text
    assert page.is_at(f"{HOME}/choices/photo-devices") and draft.read(cast.records).hands == hands


def test_what_applies_already_leaves_the_draft_and_is_said_to(cast):
    cast.choose(pupil_contact="school-platforms")
    answer(cast, "pupil-contact", stance="none")
    page = answer(cast, "pupil-contact", stance="school-platforms")
    assert drafted(cast) == {} and "Saved in the draft" not in page.text
    assert "It is what applies already, so nothing waits in the draft on it." in page.text


def test_words_are_saved_with_their_answer(cast):
    page = answer(cast, "contact-hours", stance="agreed-hours", **{"words_agreed-hours": " 8 am  to 5 pm "})
    assert "“In hours that the school has agreed (8am to 5pm)”" in page.text
    page = answer(cast, "ai-tools", stance="approved-tools", **{"words_approved-tools": "Quill\r\nSlate"})
    assert "“Those on the school's list (Quill; Slate)”" in page.text
    kept = {"contact-hours": ("agreed-hours", "8am to 5pm"), "ai-tools": ("approved-tools", "Quill\nSlate")}
    assert drafted(cast) == kept
    page = answer(cast, "ai-tools", **{"words_approved-tools": "Quill\r\nSlate\r\n"})
    assert "Nothing more was changed" in page.text and drafted(cast) == kept
    assert "the AI tools that the school has approved: Quill and Slate." in ask(cast, "ai-tools").text, "what the school would be saying"


@pytest.mark.parametrize(
    "typed, said",
    [
        ("9 to 5", "Morning or afternoon? Write am or pm beside both times, such as 8.30am to 3.30pm."),
        ("8am to 5pm on Tuesdays", "“5pm on tuesdays” is no clock time; write two clock times, such as 8.30am to 3.30pm."),
        ("after school", "These are not two clock times alone; write two clock times, such as 8.30am to 3.30pm."),
        ("6pm to 4pm", "Hours from 6pm to 4pm end before they begin; write the earlier time first, such as 8.30am to 3.30pm."),
        ("8 am to 5 pm " * 80, "Use at most 1,000 characters."),
    ],
)
def test_what_is_no_clock_times_is_refused_and_kept_to_be_mended(cast, typed, said):
    page = answer(cast, "contact-hours", stance="school-day", **{"words_school-day": typed, "words_agreed-hours": "noon to 2pm"})
    assert page.status == 200 and page.problems == [said] and drafted(cast) == {} and ticked(page) == ["school-day"]
    assert page.link(said).get("href") == "#words-school-day"
    assert page.field("words_school-day").get("value") == typed and page.field("words_agreed-hours").get("value") == "noon to 2pm"
    cast.lou.press(SAVE, **{"words_school-day": ""})
    assert drafted(cast)["contact-hours"] == ("school-day", ""), "none have to be written"


def test_what_is_wrong_beside_another_answer_is_no_mistake(cast):
    answer(cast, "contact-hours", stance="until-six", **{"words_school-day": "after school"})
    assert drafted(cast)["contact-hours"] == ("until-six", "")


def test_hours_in_words_of_before_stay_as_they_are_until_somebody_writes_clock_times(cast):
    choices = {"contact-hours": Choice("contact-hours", "agreed-hours", "Tuesdays after school")}
    proposed = policy_publication.propose(cast.records, cast.programme.library, cast.programme.school, Draft(choices), NOW)
    policy_publication.publish(cast.records, proposed, by=None)
    asked = "“Tuesdays after school” is not two clock times, so scenarios go by 8am to 5pm. Write when it begins and ends."
    page = ask(cast, "contact-hours")
    assert asked in page.text and "the school has agreed: Tuesdays after school." in page.text
    assert "Nothing more was changed" in cast.lou.press(SAVE).text and drafted(cast) == {}
    answer(cast, "contact-hours", **{"words_agreed-hours": "15.30–16.30"})
    assert drafted(cast)["contact-hours"] == ("agreed-hours", "3.30pm to 4.30pm")
    assert asked not in ask(cast, "contact-hours").text


def test_a_button_pressed_with_nothing_ticked_says_so(cast):
    page = answer(cast, "gaming")
    assert page.status == 200 and page.problems == ["Choose one of these, or go on without saving."]
    assert page.title.startswith("Not saved yet: Question 12 of 22: ") and page.link(page.problems[0]).get("href") == "#stance-none"


@pytest.mark.parametrize("stance", ["made-up", "none\0", "a" * 70_000, ""])
def test_an_answer_that_is_none_saves_nothing(cast, stance):
    page = cast.lou.send(f"{HOME}/choices/gaming", {"stance": stance, "saw": ""})
    assert page.status == 200 and len(page.problems) == 1 and drafted(cast) == {}


# Where one goes on


def test_one_goes_to_the_next_question_that_is_open(cast):
    answer_all_but(cast, "gaming", "parents", "recordings")
    assert answer(cast, "gaming", stance="none").is_at(f"{HOME}/choices/recordings")
    assert cast.lou.press(SAVE, stance="none").is_at(f"{HOME}/choices/parents"), "round from the last to the first"


def test_after_the_last_that_was_open_comes_the_preview_however_often_it_is_sent(cast):
    answer_all_but(cast, "parents")
    ask(cast, "parents")
    path, values, _ = cast.lou.filled(SAVE, stance="declared-friendships")
    for said in ("Saved in the draft: Parents", "Parents stands as it did"):
        page = cast.lou.send(path, values, token=False)
        assert page.is_at(f"{HOME}/preview") and said in page.text
        assert "That was the last open question. This is what staff would read." in page.text
        assert page.link("Back to that question").get("href") == f"{HOME}/choices/parents"


def test_the_last_may_be_one_that_asked_for_another_answer(cast):
    answer_all_but(cast)
    with transaction(cast.records):
        draft.save_choice(cast.records, Choice("parents", "by-pigeon"), cast.who("lou").id, NOW)
    assert answer(cast, "parents", stance="school-channels").is_at(f"{HOME}/preview")


def test_where_all_are_answered_one_goes_through_in_order_and_then_to_the_preview(cast):
    answer_all_but(cast)
    facets, page = list(cast.programme.library.facets), ask(cast, "pupil-contact")
    for name in facets[1:]:
        page = cast.lou.press(SAVE)
        assert page.is_at(f"{HOME}/choices/{name}")
    page = cast.lou.press(SAVE)
    assert page.is_at(f"{HOME}/preview") and "That was the last open question" not in page.text


def test_one_can_go_through_without_saving(cast):
    page = ask(cast, "pupil-contact")
    assert not page.has_link("Previous")
    for number in range(2, 23):
        page = cast.lou.press("Next without saving")
        assert f"Question {number} of 22" in page.text
    assert not page.has_link("Next without saving") and cast.lou.press("Previous").heading.startswith("If something about")
    assert drafted(cast) == {}
    assert cast.lou.press("All questions").path == f"{HOME}#keeping-evidence"


# Two leads, a second tab, the button *back*


@pytest.fixture
def kit(cast):
    cast.add("Kit Moran", Role.LEAD)
    return cast.sign_in_new("kit")


def test_what_another_lead_chose_meanwhile_is_shown_and_not_overwritten(cast, kit):
    ask(cast, "pupil-contact")
    answer(cast, "pupil-contact", browser=kit, stance="none")
    page = cast.lou.press(SAVE, stance="school-platforms")
    assert page.problems == [
        "Kit Moran chose “No online contact” after you had opened this page, so nothing is saved yet. "
        "Save again, and yours takes its place."
    ]
    assert ticked(page) == ["school-platforms"] and drafted(cast)["pupil-contact"] == ("none", "")
    cast.lou.press(SAVE)
    assert drafted(cast)["pupil-contact"] == ("school-platforms", "")


def test_what_stood_there_is_not_put_back_over_what_another_chose(cast, kit):
    cast.choose(pupil_contact="school-platforms")
    ask(cast, "pupil-contact")
    answer(cast, "pupil-contact", browser=kit, stance="none")
    page = cast.lou.press(SAVE)
    assert len(page.problems) == 1 and "Kit Moran chose" in page.problems[0] and drafted(cast)["pupil-contact"] == ("none", "")


def test_two_who_choose_the_same_do_not_clash(cast, kit):
    ask(cast, "gaming")
    answer(cast, "gaming", browser=kit, stance="none")
    assert "Nothing more was changed" in cast.lou.press(SAVE, stance="none").text
    assert draft.read(cast.records).hands["gaming"].name == "Kit Moran"


def test_questions_that_another_answers_meanwhile_are_no_clash(cast, kit):
    ask(cast, "gaming")
    answer(cast, "parents", browser=kit, stance="school-channels")
    cast.lou.press(SAVE, stance="none")
    assert set(drafted(cast)) == {"gaming", "parents"}


def test_a_page_gone_back_to_shows_what_is_saved_by_now(cast):
    answer(cast, "gaming", stance="none")
    page = ask(cast, "gaming")  # as browsers do on going back to a page that none may keep
    assert page.headers["Cache-Control"] == "no-store" and ticked(page) == ["none"]
    cast.lou.press(SAVE, stance="risk-assessed-club")
    assert drafted(cast)["gaming"] == ("risk-assessed-club", "")


def test_a_second_tab_is_told_what_the_first_has_saved(cast):
    ask(cast, "gaming")
    path, second, _ = cast.lou.filled(SAVE, stance="risk-assessed-club")
    cast.lou.press(SAVE, stance="none")
    page = cast.lou.send(path, second, token=False)
    assert "Lou Hartley chose “No gaming with pupils” after you had opened this page" in page.problems[0]
    assert drafted(cast)["gaming"] == ("none", "") and ticked(page) == ["risk-assessed-club"]


def test_a_draft_thrown_away_meanwhile_is_told(cast, kit):
    answer(cast, "gaming", stance="none")
    ask(cast, "gaming")
    kit.open(HOME)
    kit.press("Throw the draft away")
    page = cast.lou.press(SAVE)
    assert page.problems[0].startswith("The draft was thrown away after you had opened this page") and drafted(cast) == {}


# What each answer would change


def effects(page) -> dict[str, str]:
    return {each.get("data-answer"): each.text for each in page.main.all("section") if "data-answer" in each.attrs}


def test_what_each_answer_would_change_stands_open_beneath_them(cast):
    found = effects(ask(cast, "pupil-contact"))
    assert list(found) == ["none", "school-platforms", "approved-accounts"]
    assert "is the cautious rule, which applies already. To choose it changes no judgement" in found["none"]
    told = found["school-platforms"]
    assert told.startswith("From “No online contact” to “School platforms only” Three lessons read otherwise: The essentials, ")
    assert "13 scenarios are judged otherwise, among them: " in told and "A get-well message:" in told and "Poor then Best" in told
    assert "Nobody was taught otherwise." in told


def test_the_first_few_stand_open_and_the_rest_is_folded(cast):
    page = ask(cast, "pupil-contact")
    [section] = [each for each in page.main.all("section") if each.get("data-answer") == "school-platforms"]
    [folded] = section.all("details")
    judged = [each for each in section.walk() if "judged" in each.get("class").split()]
    inside = [each for each in folded.walk() if "judged" in each.get("class").split()]
    assert (len(judged) - len(inside), len(inside)) == (2, 26), "two scenarios of thirteen, with what is best in them now"
    assert all("Poor then Best" in each.text for each in judged if each not in inside)
    assert folded.all("summary")[0].text == "All of it, now and then: three lessons and 13 scenarios"


def test_how_many_people_were_taught_otherwise_is_counted_once_each(cast):
    for _ in range(2):  # what was not met is asked first
        walk(cast, "tess", "where-the-line-is")
        walk(cast, "sam", "where-the-line-is")
    assert "Two people were taught otherwise, and can be asked again." in effects(ask(cast, "pupil-contact"))["school-platforms"]


def test_what_is_in_force_changes_nothing(cast):
    cast.choose(pupil_contact="school-platforms")
    found = effects(ask(cast, "pupil-contact"))
    assert found["school-platforms"] == "“School platforms only” is in force now."
    assert found["none"].startswith("From “School platforms only” to “No online contact”")


# An answer that the law of a nation doesn't allow, and one that is gone


def move_to(cast, nation):
    cast.lou.open("/school/settings")
    cast.lou.press("Save the settings", nation=nation)


def test_what_the_law_of_a_nation_does_not_allow_is_shown_and_not_offered(cast):
    authorised = cast.programme.library.facets["phone-searches"].stance("authorised-staff")
    assert "authorised-staff" in effects(ask(cast, "phone-searches"))
    move_to(cast, "wales")
    page = ask(cast, "phone-searches")
    assert f"{authorised.label} Can’t be chosen in your nation. {authorised.elsewhere}" in page.text
    assert not [each for each in page.main.all("input") if each.get("value") == "authorised-staff"]
    assert "authorised-staff" not in effects(page)
    page = cast.lou.send(f"{HOME}/choices/phone-searches", {"stance": "authorised-staff", "saw": ""})
    assert page.problems == [f"“{authorised.label}” can’t be chosen in your nation. {authorised.elsewhere}"] and drafted(cast) == {}


def test_what_was_chosen_before_the_school_moved_is_kept_and_another_answer_asked_for(cast):
    cast.choose(phone_searches="authorised-staff")
    facet = cast.programme.library.facets["phone-searches"]
    had, applies = facet.stance("authorised-staff").label, facet.cautious.label
    told = f"You had chosen “{had}”, which can’t be chosen in your nation. “{applies}” applies until you choose again."
    assert told not in ask(cast, facet.name).text and "asks for another answer" not in cast.lou.open("/school/overview").text
    move_to(cast, "scotland")
    assert told in ask(cast, facet.name).text
    assert f"“{facet.ask}” asks for another answer" in cast.lou.open("/school/overview").text
    assert f"{facet.title} {applies} asks for another answer" in cast.lou.open(HOME).text
    assert cast.programme.school.choices["phone-searches"].stance == "authorised-staff", "the record stays"
    assert in_force(cast.programme.school, facet) == facet.cautious
    answer(cast, facet.name, stance=facet.cautious.name)
    assert drafted(cast)["phone-searches"] == (facet.cautious.name, "")
    assert f"{facet.title} {applies} chosen, not published yet" in cast.lou.open(HOME).text
    move_to(cast, "england")
    assert told not in ask(cast, facet.name).text and in_force(cast.programme.school, facet).name == "authorised-staff"


@pytest.mark.parametrize("where", ["in force", "in the draft"])
def test_an_answer_that_is_gone_can_be_sent_as_any_other(cast, where):
    with transaction(cast.records):
        if where == "in force":
            cast.records.execute("insert into policy_versions (at) values (?)", [moment_text(NOW)])
            cast.records.execute("insert into policy_choices (version, facet, stance) values (1, 'parents', 'tea-with-parents')")
            cast.records.execute("update school set revision = revision + 1")
        else:
            draft.save_choice(cast.records, Choice("parents", "tea-with-parents"), cast.who("lou").id, NOW)
    page = ask(cast, "parents")
    told = "You had chosen “tea-with-parents”, which is no longer offered. “School channels only” applies until you choose again."
    assert told in page.text and ticked(page) == []
    cast.lou.press(SAVE, stance="declared-friendships")
    assert drafted(cast)["parents"] == ("declared-friendships", "") and told not in ask(cast, "parents").text


# Settings, and what the text says


def test_settings_say_when_the_policys_text_lags_behind(cast):
    cast.lou.open("/school/settings")
    assert "still says what it said" not in cast.lou.press("Save the settings", name="Wrenfield High").text
    cast.choose(pupil_contact="none")
    cast.lou.open("/school/settings")
    assert "still says what it said" not in cast.lou.press("Save the settings").text
    page = cast.lou.press("Save the settings", name="Wrenfield School", headteacher="Una Marsh")
    assert "Saved. The lessons and Help now say so" in page.text
    assert "Your policy’s text still says what it said: look under Policy, and publish it again." in page.text
    assert "publish it again" in cast.lou.open(HOME).text


# On paper


def test_a_day_before_the_version_was_published_is_refused(cast):
    cast.choose(pupil_contact="none")
    sam, today = cast.who("sam").id, date.today()
    cast.lou.open(f"{HOME}/readers/{sam}")
    page = cast.lou.press("Record the signature", name="S. Price", signed_on=f"{today - timedelta(days=2):%d/%m/%Y}")
    [problem] = page.problems
    assert problem.startswith("Version 1 was published on ")
    assert problem.endswith("; write the day that stands on the paper, or look up the version that stands on it.")
    assert acknowledgements.of_person(cast.records, sam) == []
    page = cast.lou.press("Record the signature", name="S. Price", signed_on=f"{today:%d/%m/%Y}")
    assert "Kept, as signed on paper: Sam Price" in page.text
