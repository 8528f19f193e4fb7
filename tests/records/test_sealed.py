"""Secrets that the site has to know itself, and what works once."""

from datetime import timedelta

from induction.records.people import kept_forms, sessions, used_once
from induction.records.store import sealed
from induction.records.store.database import transaction
from induction.records.store.sealed import Secret
from tests.records.making import NOW


def test_a_secret_is_opened_by_the_key_beside_the_database_alone(tmp_path):
    (tmp_path / "secret-key").write_bytes(b"one")
    shut = sealed.seal(tmp_path / "induction.db", Secret.CLIENT, "höher")
    assert "h" not in shut[:5] and sealed.open_sealed(tmp_path / "induction.db", Secret.CLIENT, shut) == "höher"
    assert sealed.seal(tmp_path / "induction.db", Secret.CLIENT, "höher") != shut
    assert all(sealed.open_sealed(tmp_path / "induction.db", what, shut) is None for what in Secret if what is not Secret.CLIENT)
    (tmp_path / "secret-key").write_bytes(b"another")
    assert sealed.open_sealed(tmp_path / "induction.db", Secret.CLIENT, shut) is None
    (tmp_path / "secret-key").unlink()
    assert sealed.open_sealed(tmp_path / "induction.db", Secret.CLIENT, shut) is None


def test_what_works_once_works_once(db):
    with transaction(db):
        assert used_once.spend(db, "a", NOW) and used_once.spend(db, "b", NOW) and not used_once.spend(db, "a", NOW)
    with transaction(db):
        assert not used_once.spend(db, "a", NOW + timedelta(hours=23))
        assert used_once.spend(db, "c", NOW + timedelta(days=2)) and db.value("select count(*) from used_once") == 1


def test_what_somebody_sent_waits_for_them_alone_and_goes_along_with_their_session(db, cast):
    with transaction(db):
        token = sessions.start(db, cast.tess.id, device="", now=NOW)
        kept_forms.put(db, token, cast.tess.id, "words", NOW)
    assert kept_forms.find(db, token, cast.tess.id, NOW) == "words"
    assert kept_forms.find(db, token, cast.sam.id, NOW) is None and kept_forms.find(db, "another", cast.tess.id, NOW) is None
    assert kept_forms.find(db, token, cast.tess.id, NOW + timedelta(hours=13)) is None
    with transaction(db):
        new = sessions.proved(db, token, NOW)
    assert sessions.find(db, token, NOW) is None and sessions.find(db, new, NOW).confirmed_at == NOW
    assert kept_forms.find(db, token, cast.tess.id, NOW) is None and kept_forms.find(db, new, cast.tess.id, NOW) == "words"
    with transaction(db):
        kept_forms.drop(db, new)
    assert kept_forms.find(db, new, cast.tess.id, NOW) is None
