"""The caretaker's own round: what has had its time goes, day by day, once a lead has said yes."""

from datetime import UTC, datetime, timedelta

from induction.rules import retention
from induction.rules.calendar import local
from induction.serving import caretaker
from tests.records.test_erasure import bytes_that_name
from tests.walking import walk


def test_what_has_had_its_time_goes_by_itself(cast):
    walk(cast, "tess", "friend-requests")
    cast.lou.open("/school/retention")
    cast.lou.press("Yes, keep to these times", answers="1", left="12")
    begun = datetime.now(UTC)
    goes = retention.goes_on(local(begun).date(), 1)
    for day in range(1, 35):
        now = begun + timedelta(days=day)
        caretaker.walk(cast.site, lambda now=now: now, waits=False)
        assert (cast.records.value("select count(*) from answers") == 0) is (local(now).date() >= goes), day
    assert cast.who("ana").name == "Ana Costa"
    assert len(cast.completions_of("tess")) == 1
    caretaker.walk(cast.site, lambda: begun + timedelta(days=360), waits=False)
    assert cast.who("ana").name == "Ana Costa"
    caretaker.walk(cast.site, lambda: begun + timedelta(days=400), waits=False)
    caretaker.walk(cast.site, lambda: begun + timedelta(days=401), waits=False)
    assert cast.records.value("select name from people where id = 6") == "Erased person 6"
    assert bytes_that_name(cast.data, ("Ana Costa", "ana@wrenfield")) == []
