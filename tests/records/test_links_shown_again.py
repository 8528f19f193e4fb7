"""A lead's link can be shown again to that lead, while it works; the database alone, and a backup, show nobody's."""

import hashlib
import sqlite3
from datetime import timedelta

import pytest

from induction.records.people import one_time_links
from induction.records.people.one_time_links import LASTS, LinkKind
from induction.records.store import backup
from induction.records.store.database import RuleBroken, transaction
from tests.records.making import NOW
from tests.records.test_backup import taken_out

KINDS = [LinkKind.INVITATION, LinkKind.RESET]
MINUTE = timedelta(minutes=1)


def make(db, person, by, kind=LinkKind.INVITATION, now=NOW):
    with transaction(db):
        return one_time_links.make(db, kind, person.id, now, by=by and by.id)


def shown(db, person, viewer, kind=LinkKind.INVITATION, now=NOW):
    return one_time_links.shown_again(db, one_time_links.kept(db, kind, [person.id]).values(), viewer.id, now).get(person.id)


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_the_same_link_to_the_lead_who_made_it_until_its_time_is_over(db, cast, kind):
    token = make(db, cast.tess, cast.lou, kind)
    last = NOW + LASTS[kind] - MINUTE
    assert [shown(db, cast.tess, cast.lou, kind, when) for when in (NOW, NOW, last, last + MINUTE)] == [token, token, token, None]
    assert one_time_links.find(db, kind, token, last), "what was sent works on"
    assert shown(db, cast.tess, cast.nia, kind) is None, "nobody else is shown it"
    assert len(token) == 32 and set(token) <= set("abcdefghijklmnopqrstuvwxyz234567"), "it can be typed"


def test_a_newer_one_is_shown_in_its_place_and_to_its_maker(db, cast):
    older, newer = make(db, cast.tess, cast.lou), make(db, cast.tess, cast.lou)
    assert older != newer and shown(db, cast.tess, cast.lou) == newer
    another = make(db, cast.tess, cast.nia)
    assert (shown(db, cast.tess, cast.lou), shown(db, cast.tess, cast.nia)) == (None, another)


def test_one_that_is_used_or_ended_is_shown_to_nobody(db, cast):
    token = make(db, cast.tess, cast.lou)
    with transaction(db):
        one_time_links.use(db, LinkKind.INVITATION, token, NOW)
    make(db, cast.sam, cast.lou)
    with transaction(db):
        one_time_links.end_all(db, cast.sam.id)
    assert [shown(db, each, cast.lou) for each in (cast.tess, cast.sam)] == [None, None]


def test_the_command_lines_and_those_of_before_work_and_are_not_shown(db, cast):
    token = make(db, cast.tess, None)
    assert one_time_links.find(db, LinkKind.INVITATION, token, NOW)
    [link] = one_time_links.kept(db, LinkKind.INVITATION, [cast.tess.id]).values()
    assert (link.made_by_id, link.nonce) == (None, None) and shown(db, cast.tess, cast.lou) is None
    make(db, cast.sam, cast.lou)
    with transaction(db):  # as an upgrade finds it
        db.execute("update links set nonce = null where person = ?", [cast.sam.id])
    assert one_time_links.kept(db, LinkKind.INVITATION, [cast.sam.id])[cast.sam.id].made_by_name == "Lou Adeyemi"
    assert shown(db, cast.sam, cast.lou) is None
    with pytest.raises(RuleBroken), transaction(db):
        db.execute("update links set nonce = ? where person = ?", ["n" * 43, cast.tess.id])


def test_without_its_key_or_with_another_it_works_and_is_not_shown(db, cast):
    token, key = make(db, cast.tess, cast.lou), db.path.with_name(one_time_links.KEY)
    mine = key.read_bytes()
    assert key.stat().st_mode & 0o777 == 0o600
    key.unlink()
    assert shown(db, cast.tess, cast.lou) is None
    sams = make(db, cast.sam, cast.lou)
    assert key.read_bytes() != mine and shown(db, cast.sam, cast.lou) == sams and shown(db, cast.tess, cast.lou) is None
    assert one_time_links.find(db, LinkKind.INVITATION, token, NOW)
    key.write_bytes(mine)
    assert shown(db, cast.tess, cast.lou) == token


def test_a_start_that_makes_the_key_knows_that_links_of_before_are_not_shown(db, cast):
    make(db, cast.tess, cast.lou)
    one_time_links.find_key(db)
    assert shown(db, cast.tess, cast.lou), "it was there"
    db.path.with_name(one_time_links.KEY).unlink()
    one_time_links.find_key(db)
    assert one_time_links.kept(db, LinkKind.INVITATION, [cast.tess.id])[cast.tess.id].nonce is None
    assert db.path.with_name(one_time_links.KEY).exists()


def test_a_stolen_backup_shows_no_link(db, cast, tmp_path):
    token = make(db, cast.tess, cast.lou)
    db.path.with_name("secret-key").write_text("ab" * 32)
    backup.backup(db, tmp_path / "copy.zip")
    out = taken_out(tmp_path / "copy.zip", tmp_path / "out")
    assert sorted(path.name for path in out.iterdir() if path.is_file()) == ["about-this-file.txt", "induction.db", "secret-key"]
    held = b"".join(path.read_bytes() for path in out.iterdir() if path.is_file())
    assert token.encode() not in held and hashlib.sha256(token.encode()).hexdigest().encode() in held
    with sqlite3.connect(out / "induction.db") as stolen:
        [(nonce,)] = stolen.execute("select nonce from links").fetchall()
    stolen.close()
    assert one_time_links._derived((out / "secret-key").read_bytes(), nonce) != token
