"""people erase."""

from induction.records.people import people
from induction.records.store.database import Database
from tests.commands.outcomes import refused
from tests.records.test_erasure import bytes_that_name

ANA = "ana@wrenfield.example"
NAMES = ("Ana Costa", ANA)


def test_whoever_is_here_has_to_leave_first(peopled):
    assert refused(peopled("people", "erase", "tess@wrenfield.example", "--yes"), "still here", "people deactivate")
    assert refused(peopled("people", "erase", "lou@wrenfield.example", "--yes"), "still here")


def test_nobody_of_that_email(peopled):
    assert refused(peopled("people", "erase", "eve@wrenfield.example", "--yes"), "Nobody here has the email")


def test_without_a_terminal_it_is_said_and_not_done(peopled, data):
    done = peopled("people", "erase", ANA)
    assert refused(done, "What goes of Ana Costa", "What stays without a name", "add --yes")
    assert bytes_that_name(data, NAMES)


def test_it_goes_without_a_byte_left(peopled, data):
    peopled("backup")
    done = peopled("people", "erase", ANA, "--yes", "--why", "Asked for by letter")
    assert (done.code, done.out) == (0, "") and "Erased person 6" in done.err and "Still in backups/" in done.err
    assert bytes_that_name(data, NAMES) == []
    db = Database(data / "induction.db", looking=True)
    assert people.find(db, 6).name == "Erased person 6"
    db.close()
    assert refused(peopled("people", "erase", ANA, "--yes"), "Nobody here has the email")
    assert peopled("doctor").code in (0, 1) and "1 erased" in peopled("doctor").out + peopled("doctor").err


def test_the_reason_does_not_name_them(peopled, data):
    assert refused(peopled("people", "erase", ANA, "--yes", "--why", "Ana Costa wrote"), "without their name", "Nothing was changed.")
    assert bytes_that_name(data, NAMES)
