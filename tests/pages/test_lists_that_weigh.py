"""Lists of people that would keep the site busy, and one that is put away after it was brought in."""

from induction.services.spreadsheet import tables

HEAD = b"name,email\n"


def test_lines_without_anything_are_not_walked_without_end():
    for data in (b"\n" * 6_000_000, HEAD + b"\n" * 2_000_000 + b"Ida,ida@x.example\n"):
        for table in tables.of_text(data):
            assert last_line(table) <= tables.MOST_BLANK + 2


def last_line(table: tables.Table) -> int:
    """How far it is read."""
    line = 0
    try:
        for each, _ in table.lines():
            line = each
    except tables.Unreadable as fault:
        line = fault.line
    return line


def test_empty_lines_at_the_end_are_nothing():
    [first, *_] = tables.of_text(HEAD + b"Ida,ida@x.example\n" + b"\r\n" * 100_000)
    assert [cells for _, cells in first.lines()] == [["name", "email"], ["Ida", "ida@x.example"]]


def test_a_list_that_was_brought_in_is_not_said_to_be_put_away(cast):
    cast.lou.open("/school/people/import")
    other = cast.sign_in("lou")
    page = cast.lou.press("Look at the list", list="name\temail\nIda Brook\tida@wrenfield.example\n")
    other.open(page.path)
    cast.lou.press("Bring in 1 person")
    page = other.press("Put it away")
    assert "had been brought in before, and that stands" in page.text and cast.who("ida").name == "Ida Brook"
    assert page.status == 200 and page.path.startswith("/school/people/import/")
