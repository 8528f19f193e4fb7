"""Everything held about one person is everything: what joins the schema later is not forgotten."""

from induction.records import own_record
from induction.wording.own_record import TITLES

READ = 20  # SQLite's number for the reading of a column
NOT_TOLD = {  # what names somebody and is not in their record, each for its reason
    ("accounts_switched_off", "by"): "told on the register's page, of the account",
    ("asked_again", "asked_by"): "the policy that they published is told",
    ("links", "made_by"): "told as a way in of whom it is for",
    ("policy_draft_choices", "saved_by"): "a draft is nobody's record",
    ("policy_draft_text", "saved_by"): "a draft is nobody's record",
    ("packs", "by"): "it goes after a day; that it was downloaded is told as an act",
    ("packs", "person"): "it goes after a day; that it was downloaded is told as an act",
    ("erasures", "person"): "who was erased has no record any more",
    ("ended_links", "person"): "a link that no longer works: a digest, for its page alone",
}


def names_of_people(db) -> set[tuple[str, str]]:
    """(table, column) of everything that says of whom or by whom it is."""
    tables = [row["name"] for row in db.rows("select name from sqlite_schema where type = 'table'")]
    found = [(table, row) for table in tables for row in db.rows(f"pragma foreign_key_list({table})")]
    return {(table, row["from"]) for table, row in found if row["table"] == "people"}


def read_for(db, person_id: int) -> set[tuple[str, str]]:
    """(table, column) of everything that is looked at for somebody's record."""
    read = set()

    def note(action, table, column, *_):
        if action == READ:
            read.add((table, column))
        return 0

    db.close()  # for statements that nobody has prepared before
    db.connection().conn.set_authorizer(note)
    own_record.of_person(db, person_id)
    db.close()
    return read


def test_whatever_names_somebody_is_in_their_record_or_is_left_out_for_a_reason(db, cast):
    named, read = names_of_people(db), read_for(db, cast.tess.id)
    assert len(named) > 25
    assert named - read == set(NOT_TOLD)


def test_every_part_of_it_has_a_title_for_reading(db, cast):
    assert set(own_record.of_person(db, cast.tess.id)) == set(TITLES)
