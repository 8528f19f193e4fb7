"""What stands before a lesson on a phone and beside it on a wide screen; and the private checklists on a page of their own."""

from tests.cast import COURSE

LESSON = f"/courses/{COURSE}/friend-requests"


def test_a_lesson_says_what_it_holds_and_leads_to_all_lessons(cast):
    page = cast.tess.open(LESSON)
    [nav] = [each for each in page.main.all("nav") if each.get("aria-label") == "In this lesson"]
    headings = [(f"#{each.get('id')}", each.text) for each in page.main.all("h2") if each.within("section") is None]
    assert [(each.get("href"), each.text) for each in nav.all("a")] == headings and len(headings) > 2
    assert "open" not in nav.all("details")[0].attrs, "folded before the lesson; the script opens it where there is room"
    assert page.html.index('class="on-page"') < page.html.index('<div class="lesson">')
    assert cast.tess.press("Lesson 2 of 11").is_at(f"/courses/{COURSE}/")


def test_my_presence_has_each_list_under_its_heading_with_its_lesson(cast):
    page = cast.tess.open("/presence")
    assert [each.text for each in page.main.all("h2")] == ["Harder to find", "Ten minutes a term"]
    lists = [each.get("data-checklist") for each in page.main.all("div") if each.get("data-checklist")]
    assert lists == [f"{COURSE}/my-settings", f"{COURSE}/my-name-online"]
    assert page.link("Friend requests").get("href") == f"{LESSON}#settings"
    boxes = [each.get("id") for each in page.main.all("input") if each.get("type") == "checkbox"]
    assert len(boxes) == len(set(boxes)) == 8


def test_each_list_stands_in_its_lesson_too(cast):
    assert f'data-checklist="{COURSE}/my-settings"' in cast.tess.open(LESSON).html
