"""Before an act that matters it is asked again who it is: what was sent is kept, nothing is done by answering, and nobody else sees it."""

from datetime import UTC, datetime, timedelta

from induction.records.store.columns import moment_text
from induction.records.store.database import transaction
from tests.cast import PASSWORD, Cast

ASKED = "Confirm that it is you"


def a_while_ago(cast: Cast, who: str, minutes: int = 11) -> None:
    """Who they are was proved so long ago, in each session of theirs."""
    with transaction(cast.records):
        at = moment_text(datetime.now(UTC) - timedelta(minutes=minutes))
        cast.records.execute("update sessions set confirmed_at = ? where person = ?", [at, cast.who(who).id])


def begin_erasing(cast: Cast):
    """Lou asks that Ana's record be erased, a while after signing in: the page that comes."""
    cast.lou.open(f"/school/people/{cast.who('ana').id}/erase")
    a_while_ago(cast, "lou")
    return cast.lou.press("Erase Ana’s record for good", why="She wrote on Monday", typed="Ana Costa")


def is_erased(cast: Cast) -> bool:
    return cast.records.value("select count(*) from erasures") == 1


def test_what_was_sent_is_done_when_they_confirm_and_send_it_themselves(cast):
    ana = cast.who("ana").id
    page = begin_erasing(cast)
    assert page.heading == ASKED and page.is_at("/confirm")
    assert "to erase somebody’s record: Ana Costa" in page.text
    before = cast.lou.cookie()
    page = cast.lou.press("Confirm", password=PASSWORD)
    assert page.heading == "You have confirmed" and not is_erased(cast)
    assert cast.lou.cookie() != before  # a token that was copied is worth nothing
    assert "She wrote on Monday" in page.text and "Ana Costa" in page.text
    page = cast.lou.press("Go on")
    assert page.path == f"/school/people/{ana}" and is_erased(cast)
    assert cast.records.value("select count(*) from kept_forms") == 0
    assert cast.lou.open("/confirm/go-on").heading == "Nothing waits to be sent"
