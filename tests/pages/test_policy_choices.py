"""Choosing on the policy's pages: several questions at once, one beside what it changes, and what is said of it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from induction.content.conditions import in_force
from induction.content.model import Choice
from induction.records.policy import acknowledgements, draft
from induction.records.policy.draft import Draft
from induction.rules.roles import Role
from induction.services import policy_publication
from induction.web.school.policy_choice_form import form_for
from tests.cast import Cast

HOME = "/school/policy"
SAVE = "Save this choice"
NOW = datetime.now(UTC)
THREE = {"stance_pupil-contact": "school-platforms", "stance_ai-tools": "none", "stance_gaming": "risk-assessed-club"}


def drafted(cast: Cast) -> dict[str, tuple[str, str]]:
    return {each.facet: (each.stance, each.words) for each in draft.read(cast.records).choices.values()}


def ticked(page) -> set[str]:
    inputs = page.main.all("input")
    return {f"{each.get('name')}={each.get('value')}" for each in inputs if each.get("type") == "radio" and "checked" in each.attrs}


# The page of all questions


def test_whichever_button_is_pressed_every_choice_is_saved(cast):
    cast.lou.open(HOME)
    page = cast.lou.press(SAVE, **THREE)
    assert page.way == [(303, page.path)] and page.path.startswith(f"{HOME}#")
    assert "Three choices saved in the draft. They apply once you publish." in page.text
    assert {facet: stance for facet, (stance, _) in drafted(cast).items()} == {
        name.removeprefix("stance_"): stance for name, stance in THREE.items()
    }
    first = next(name for name in cast.programme.library.facets if f"stance_{name}" in THREE)
    assert page.path == f"{HOME}#{first}"
    assert ticked(page) == {f"{name}={stance}" for name, stance in THREE.items()}


def test_one_choice_is_named(cast):
    cast.lou.open(HOME)
    page = cast.lou.press(SAVE, **{"stance_pupil-contact": "none"})
    label = cast.programme.library.facets["pupil-contact"].stance("none").label
    assert f"Saved in the draft: {label}. It applies once you publish." in page.text


def test_what_is_drafted_already_is_not_saved_again(cast):
    cast.lou.open(HOME)
    cast.lou.press(SAVE, **THREE)
    page = cast.lou.press(SAVE)
    assert "nothing was saved" in page.text and len(drafted(cast)) == 3


def test_what_applies_already_leaves_the_draft_and_is_said_to(cast):
    cast.choose(pupil_contact="school-platforms")
    cast.lou.open(HOME)
    cast.lou.press(SAVE, **{"stance_pupil-contact": "none"})
    assert drafted(cast) == {"pupil-contact": ("none", "")}
    page = cast.lou.press(SAVE, **{"stance_pupil-contact": "school-platforms"})
    assert drafted(cast) == {} and "Saved in the draft" not in page.text
    assert "is what applies already; nothing in the draft on it." in page.text


def test_words_are_saved_with_their_stance(cast):
    cast.lou.open(HOME)
    cast.lou.press(
        SAVE,
        **{
            "stance_contact-hours": "agreed-hours", "words_contact-hours_agreed-hours": " 8 am  to 5 pm ",
            "stance_ai-tools": "approved-tools", "words_ai-tools_approved-tools": "Quill\r\nSlate",
        },
    )
    assert drafted(cast) == {"contact-hours": ("agreed-hours", "8am to 5pm"), "ai-tools": ("approved-tools", "Quill\nSlate")}
    typed = {"words_contact-hours_agreed-hours": "9 am to 5 pm", "words_ai-tools_approved-tools": "Quill\r\nSlate\r\n"}
    page = cast.lou.press(SAVE, **typed)
    assert "Saved in the draft: " in page.text and drafted(cast)["contact-hours"] == ("agreed-hours", "9am to 5pm")


@pytest.mark.parametrize(
    "typed, said",
    [
        ("9 to 5", "Morning or afternoon? Write am or pm beside both times, such as 8.30am to 3.30pm."),
        ("8am to 5pm on Tuesdays", "“5pm on tuesdays” is no clock time; write two clock times, such as 8.30am to 3.30pm."),
        ("after school", "These are not two clock times alone; write two clock times, such as 8.30am to 3.30pm."),
        ("6pm to 4pm", "Hours from 6pm to 4pm end before they begin; write the earlier time first, such as 8.30am to 3.30pm."),
    ],
)
def test_what_is_no_clock_times_is_refused_and_kept_to_be_mended(cast, typed, said):
    cast.lou.open(HOME)
    page = cast.lou.press(SAVE, **THREE, **{"stance_contact-hours": "school-day", "words_contact-hours_school-day": typed})
    ask = cast.programme.library.facets["contact-hours"].ask
    assert page.problems == [f"{ask} {said}"] and drafted(cast) == {}
    assert page.field("words_contact-hours_school-day").get("value") == typed
    cast.lou.press(SAVE, **{"words_contact-hours_school-day": ""})
    assert drafted(cast)["contact-hours"] == ("school-day", ""), "none have to be written"


def test_hours_in_words_of_before_stay_as_they_are_until_somebody_writes_clock_times(cast):
    """A school that wrote its hours freely saves another answer, and is asked for clock times meanwhile."""
    choices = {"contact-hours": Choice("contact-hours", "agreed-hours", "Tuesdays after school")}
    proposed = policy_publication.propose(cast.records, cast.programme.library, cast.programme.school, Draft(choices), NOW)
    policy_publication.publish(cast.records, proposed, by=None)
    page = cast.lou.open(HOME)
    asked = "“Tuesdays after school” is not two clock times, so scenarios go by 8am to 5pm. Write when it begins and ends."
    assert asked in page.text and "the school has agreed: Tuesdays after school." in page.text
    cast.lou.press(SAVE, **THREE)
    assert set(drafted(cast)) == {name.removeprefix("stance_") for name in THREE}
    cast.lou.press(SAVE, **{"words_contact-hours_agreed-hours": "15.30–16.30"})
    assert drafted(cast)["contact-hours"] == ("agreed-hours", "3.30pm to 4.30pm")
    assert asked in cast.lou.open(HOME).text, "nothing is published yet"


# An answer that the law of a nation doesn't allow


def move_to(cast, nation):
    cast.lou.open("/school/settings")
    cast.lou.press("Save the settings", nation=nation)


def test_what_the_law_of_a_nation_does_not_allow_is_shown_and_not_offered(cast):
    authorised = cast.programme.library.facets["phone-searches"].stance("authorised-staff")
    field = {"stance_phone-searches": "authorised-staff"}
    assert f"Choose this: {authorised.label}" in cast.lou.open(f"{HOME}/choices/phone-searches").text
    move_to(cast, "wales")
    page = cast.lou.open(HOME)
    assert f"{authorised.label} Can’t be chosen in your nation. {authorised.elsewhere}" in page.text
    assert not [each for each in page.main.all("input") if each.get("value") == "authorised-staff"]
    page = cast.lou.open(f"{HOME}/choices/phone-searches")
    assert authorised.elsewhere in page.text and "Choose this: Staff whom" not in page.text
    page = cast.lou.send(HOME, {**THREE, **field})
    [problem] = page.problems
    assert problem.endswith(f"“{authorised.label}” can’t be chosen in your nation. {authorised.elsewhere}") and drafted(cast) == {}


def test_what_was_chosen_before_the_school_moved_is_kept_and_another_answer_asked_for(cast):
    cast.choose(phone_searches="authorised-staff")
    facet = cast.programme.library.facets["phone-searches"]
    had, applies = facet.stance("authorised-staff").label, facet.cautious.label
    told = f"You had chosen “{had}”, which can’t be chosen in your nation. “{applies}” applies until you choose again."
    assert told not in cast.lou.open(HOME).text and "asks for another answer" not in cast.lou.open("/school/overview").text
    move_to(cast, "scotland")
    assert told in cast.lou.open(HOME).text
    assert f"“{facet.ask}” asks for another answer" in cast.lou.open("/school/overview").text
    assert cast.programme.school.choices["phone-searches"].stance == "authorised-staff", "the record stays"
    assert in_force(cast.programme.school, facet) == facet.cautious
    cast.lou.open(HOME)
    cast.lou.press(SAVE, **THREE)
    cast.lou.press(SAVE, **{"stance_phone-searches": facet.cautious.name})
    assert drafted(cast)["phone-searches"] == (facet.cautious.name, "")
    move_to(cast, "england")
    assert told not in cast.lou.open(HOME).text and in_force(cast.programme.school, facet).name == "authorised-staff"


def test_words_too_long_keep_all_that_was_ticked_and_typed(cast):
    cast.lou.open(HOME)
    long = "8 am to 5 pm " * 80
    page = cast.lou.press(SAVE, **THREE, **{"stance_contact-hours": "agreed-hours", "words_contact-hours_agreed-hours": long})
    ask = cast.programme.library.facets["contact-hours"].ask
    assert page.status == 200 and page.problems == [f"{ask} Use at most 1,000 characters."] and drafted(cast) == {}
    assert page.field("words_contact-hours_agreed-hours").get("value") == long
    assert ticked(page) == {"stance_contact-hours=agreed-hours", *(f"{name}={stance}" for name, stance in THREE.items())}
    page = cast.lou.press(SAVE, **{"words_contact-hours_agreed-hours": "8 am to 5 pm"})
    assert "Four choices saved in the draft" in page.text and len(drafted(cast)) == 4


def test_a_button_pressed_with_nothing_chosen_says_at_which_question(cast):
    cast.lou.open(HOME)
    page = cast.lou.press(SAVE)
    first = next(iter(cast.programme.library.facets.values()))
    assert page.problems == [f"{first.ask} Choose one of these, or leave the question as it is."]


@pytest.mark.parametrize("stance", ["made-up", "none\0", "a" * 70_000])
def test_a_stance_that_is_none_saves_nothing(cast, stance):
    page = cast.lou.send(HOME, {**THREE, "stance_pupil-contact": stance})
    assert page.status == 200 and len(page.problems) == 1 and drafted(cast) == {}
    assert "stance_gaming=risk-assessed-club" in ticked(page)


def test_what_another_lead_drafts_meanwhile_is_not_taken_back(cast):
    """A page sent whole brings along what it had shown of the other questions: that was no choice."""
    cast.choose(pupil_contact="school-platforms")
    cast.add("Kit Moran", Role.LEAD)
    kit = cast.sign_in_new("kit")
    kit.open(HOME)
    cast.lou.open(HOME)
    cast.lou.press(SAVE, **{"stance_pupil-contact": "none"})
    kit.press(SAVE, **{"stance_gaming": "risk-assessed-club"})
    assert drafted(cast) == {"pupil-contact": ("none", ""), "gaming": ("risk-assessed-club", "")}


def test_the_form_is_made_once_for_each_library(cast):
    facets = tuple(cast.programme.library.facets.values())
    form = form_for(facets)
    cast.choose(pupil_contact="none")
    assert form_for(tuple(cast.programme.library.facets.values())) is form, "whatever the school has chosen"
    assert form_for(facets[1:]) is not form


# One question, beside what it changes


def test_an_answer_is_chosen_beside_what_it_changes(cast):
    facet = cast.programme.library.facets["pupil-contact"]
    page = cast.lou.open(f"{HOME}/choices/pupil-contact")
    assert [each.text for each in page.main.all("button")] == [
        f"Choose this: {each.label}" for each in facet.stances if not each.fill
    ]
    page = cast.lou.press(f"Choose this: {facet.stance('school-platforms').label}")
    assert page.path == f"{HOME}#pupil-contact" and drafted(cast) == {"pupil-contact": ("school-platforms", "")}
    page = cast.lou.open(f"{HOME}/choices/pupil-contact")
    assert "This is in the draft, and not published yet." in page.text
    assert not page.has_button(f"Choose this: {facet.stance('school-platforms').label}")


def test_an_answer_with_words_is_chosen_beside_its_question(cast):
    page = cast.lou.open(f"{HOME}/choices/contact-hours")
    label = cast.programme.library.facets["contact-hours"].stance("agreed-hours").label
    link = page.link(f"Choose this beside its question, where its words are written: {label}")
    assert link.get("href") == f"{HOME}#contact-hours" and not page.has_button(f"Choose this: {label}")


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


def test_beside_what_it_changes_another_choice_takes_the_place_of_the_one_in_the_draft(cast):
    cast.choose(pupil_contact="none")
    for stance in ("school-platforms", "approved-accounts"):
        cast.lou.open(f"{HOME}/choices/pupil-contact")
        cast.lou.press(f"Choose this: {cast.programme.library.facets['pupil-contact'].stance(stance).label}")
        assert drafted(cast)["pupil-contact"] == (stance, "")
