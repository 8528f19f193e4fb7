"""The checklist of a school's beginning: what is left, where it is done, and that it goes."""

from datetime import UTC, datetime, timedelta

import pytest

from induction.records.people.one_time_links import LinkKind
from induction.records.school import backup_history, course_approvals
from induction.records.store.backup import FOLDER, backup, named_for
from induction.records.store.database import transaction
from induction.rules.roles import Role
from induction.services import backups
from tests.cast import move_in
from tests.pages.test_first_run import AT_ONCE

NOW = datetime.now(UTC)
POLICY, COURSES, PEOPLE, BACKUP = "Publish your policy", "Approve the courses", "Bring people in", "A backup elsewhere"
WHERE = {POLICY: "/school/policy", COURSES: "/school/courses", PEOPLE: "/school/people", BACKUP: "/school/settings#backups"}
SAY, UNSAY = "A copy lies elsewhere", "No copy lies elsewhere any more"


def approve(cast, *, sha256=None):
    with transaction(cast.records):
        for course in cast.programme.courses:
            course_approvals.approve(
                cast.records, course=course.slug, sha256=sha256 or cast.programme.version(course), typed_name="Lou Hartley",
                by=cast.who("lou").id, now=NOW,
            )


def a_backup(cast):
    to = cast.data / FOLDER / named_for(NOW)
    if not to.exists():
        backup(cast.records, to)


def say_elsewhere(cast, elsewhere=True):
    a_backup(cast)
    backups.say_elsewhere(cast.records, elsewhere, by=cast.who("lou").id, now=NOW)


def rows(page):
    """(name, whether it is done) of each row of the checklist."""
    lists = [each for each in page.main.all("ul") if "steps-left" in each.get("class").split()]
    return {row.all("a")[0].text: "Done · " in row.text for each in lists for row in each.all("li")}


def overview(cast):
    return cast.lou.open("/school/overview")


def test_a_lead_lands_on_it_after_the_first_run(app, tmp_path):
    (tmp_path / "nobody").mkdir()
    cast = move_in(app, tmp_path / "nobody", tmp_path / "data")
    browser = cast.browser()
    browser.send(f"/first-run/{cast.link(LinkKind.FIRST_RUN, None)}", AT_ONCE)
    page = browser.press("Go to the overview")
    assert rows(page) == dict.fromkeys((POLICY, COURSES, PEOPLE, BACKUP), False)
    assert "Nobody is here yet but leads" in page.text
    cast.add("Kit Moran", Role.LEAD)
    assert not rows(browser.open("/"))[PEOPLE], "another lead is nobody brought in"
    cast.add("Ivy New")
    assert rows(browser.open("/"))[PEOPLE] and "Three of four things are left" in browser.page.text
    cast.records.close()


@pytest.mark.parametrize("name", WHERE)
def test_each_row_leads_to_where_it_is_done(cast, name):
    link = overview(cast).link(name)
    assert link.get("href") == WHERE[name]
    assert cast.lou.press(name).status == 200
    anchor = WHERE[name].partition("#")[2]
    assert not anchor or any(each.get("id") == anchor for each in cast.lou.page.document.walk())


def test_it_goes_when_all_is_done_whatever_changes_later(cast):
    assert rows(overview(cast)) == {POLICY: False, COURSES: False, PEOPLE: True, BACKUP: False}
    cast.choose(pupil_contact="none")
    assert rows(overview(cast)) == {POLICY: True, COURSES: False, PEOPLE: True, BACKUP: False}
    approve(cast, sha256="0" * 64)  # in another version
    page = overview(cast)
    assert not rows(page)[COURSES] and page.text.count("courses are not approved as they stand") == 1, "said once"
    approve(cast)
    assert rows(overview(cast)) == {POLICY: True, COURSES: True, PEOPLE: True, BACKUP: False}
    assert "One of four things is left" in cast.lou.page.text
    say_elsewhere(cast)
    page = overview(cast)
    assert rows(page) == {} and "things" not in page.text
    say_elsewhere(cast, elsewhere=False)
    assert not rows(overview(cast))[BACKUP], "what is no longer so is to be done again"


def test_a_course_that_changes_later_is_a_reminder_and_no_beginning(cast):
    cast.choose(pupil_contact="none")
    approve(cast, sha256="0" * 64)
    say_elsewhere(cast)
    page = overview(cast)
    assert rows(page) == {} and "courses are not approved as they stand" in page.text
    assert page.has_link("Read them and approve them")


def test_it_stands_on_the_overview_alone(cast):
    for path in ("/school/people", "/school/courses", "/school/settings", "/induction"):
        assert rows(cast.lou.open(path)) == {}
    assert rows(cast.max.open("/")) == {} == rows(cast.tess.open("/"))


# A backup elsewhere

def test_before_there_is_a_backup_no_copy_can_lie_elsewhere(cast):
    assert "The site makes its first backup in its first night." in overview(cast).text
    cast.lou.open("/school/settings")
    page = cast.lou.press(SAY)
    assert page.way == [(303, "/school/settings#backups")] and "Nothing was kept: there is no backup yet" in page.text
    assert not rows(overview(cast))[BACKUP]
    a_backup(cast)
    assert "What harms this machine harms the backups on it too." in overview(cast).text


def test_the_second_folder_is_known_by_itself(cast):
    with transaction(cast.records):
        backup_history.say_copied(cast.records, "/mnt/backup", "daily-x.zip", "", NOW)
    page = overview(cast)
    assert rows(page)[BACKUP] and "The site copied the last one to its second folder on" in page.text
    page = cast.lou.open("/school/settings")
    assert not page.has_button(SAY) and not page.has_button(UNSAY) and "to its second folder on" in page.text
    with transaction(cast.records):
        backup_history.say_copied(cast.records, "", "", "", NOW)  # from when none is asked for any more
    assert not rows(overview(cast))[BACKUP] and cast.lou.open("/school/settings").has_button(SAY)


def test_a_lead_says_that_a_copy_lies_elsewhere_and_that_is_kept(cast):
    a_backup(cast)
    page = cast.lou.open("/school/settings")
    assert "Nobody has said yet that a copy lies elsewhere" in page.text
    page = cast.lou.press(SAY)
    assert page.way == [(303, "/school/overview")] and "Kept: a copy of the backups lies elsewhere." in page.text
    assert rows(page)[BACKUP] and "Lou Hartley said on" in page.text
    page = cast.lou.open("/school/settings")
    assert "Lou Hartley said on" in page.text and not page.has_button(SAY)
    page = cast.lou.press(UNSAY)
    assert "Kept: no copy of the backups lies elsewhere at present." in page.text and not rows(page)[BACKUP]


@pytest.mark.parametrize("elsewhere", [None, "", "perhaps", "yes\x00", "ÿ" * 600])
def test_nonsense_says_nothing(cast, elsewhere):
    fields = {} if elsewhere is None else {"elsewhere": elsewhere}
    assert cast.lou.send("/school/backups", fields).status == 400
    assert not rows(overview(cast))[BACKUP]


def test_nobody_but_leads_can_say_it(cast):
    for browser in (cast.tess, cast.max):
        assert browser.send("/school/backups", {"elsewhere": "yes"}).status == 404
    assert not rows(overview(cast))[BACKUP]


def test_settings_say_how_old_the_newest_backup_here_is(cast):
    assert "No backup lies on this machine yet." in cast.lou.open("/school/settings").text
    for days in (40, 3):
        backup(cast.records, cast.data / FOLDER / named_for(NOW - timedelta(days=days)))
    assert "Two backups on this machine; the newest is from today." in cast.lou.open("/school/settings").text


def test_backups_that_cannot_be_looked_at_are_said(cast):
    folder = cast.data / FOLDER
    folder.mkdir()
    (folder / "induction-gone.zip").symlink_to(folder / "nowhere")
    assert "The backups on this machine can’t be looked at." in cast.lou.open("/school/settings").text


# A school of before, and names

def test_what_was_typed_into_the_settings_is_kept_beside(cast):
    page = cast.lou.open("/school/settings")
    page = cast.lou.press("Save the settings", name="")
    assert page.problems and page.has_button(SAY)


def test_a_number_within_the_words_goes_on_being_shown(cast):
    """As schools wrote it before the number had a field of its own."""
    assert "Priya Nair on 01632 960145" in cast.tess.open("/help").text
    page = cast.lou.open("/school/settings")
    assert page.field("out_of_hours").get("value") == "Priya Nair on 01632 960145"
    assert page.field("out_of_hours_phone").get("value") == ""
    cast.lou.press("Save the settings", out_of_hours="Priya Nair", out_of_hours_phone="01632 960145")
    page = cast.tess.open("/help")
    assert page.link("01632 960145").get("href") == "tel:01632960145" and "Priya Nair on" not in page.text
    lesson = cast.tess.open("/courses/professional-boundaries-online/friend-requests")
    assert "Priya Nair on 01632 960145" in lesson.text


def test_a_number_of_its_own_is_seen_by_those_who_see_the_name(cast):
    cast.lou.open("/school/settings")
    cast.lou.press("Save the settings", out_of_hours="Priya Nair", out_of_hours_phone="01632 960145")
    stranger = cast.browser().open("/help")
    assert "01632 960145" not in stranger.html and "emergency duty team" in stranger.text
