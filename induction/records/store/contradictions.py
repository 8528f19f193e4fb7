"""What no row may say of another: the rules that code and triggers hold while rows are written, asked of what is there.

SQLite itself looks at CHECKs, types and foreign keys; all else that a database from elsewhere could get wrong stands here.
A new trigger that weighs what is written has a line in RULES, which a test holds.
"""

from __future__ import annotations

from collections.abc import Iterator

from .database import Database
from .tokens import digest

# The rule, or the trigger that holds it: what breaks it.
RULES = {
    "acknowledged_words_are_the_versions": (
        "select 1 from acknowledgements a join policy_versions v on v.version = a.version where a.sha256 is not v.sha256"
    ),
    "a_second_person_signs": (
        "select 1 from assessment_signatures s join assessments a on a.id = s.assessment where s.signed_by = a.written_by"
    ),
    "somebody_else_signs_off": (
        "select 1 from sign_offs s join completions c on c.id = s.completion where c.lesson <> '' or c.person = s.\"by\""
    ),
    "a_correction_is_of_whose_entry_it_is": (
        "select 1 from corrections k left join sign_offs s on s.id = k.sign_off left join completions c on c.id = ifnull(k.completion,"
        " s.completion) left join acknowledgements a on a.id = k.acknowledgement where k.person is not ifnull(c.person, a.person)"
    ),
    "a_correction_turns_an_entry_round": (
        "select 1 from (select counts, lag(counts, 1, 1) over (partition by completion, acknowledgement, sign_off order by id) as before"
        " from corrections where counts is not null) where counts = before"
    ),
    "what was done again is of what did not count": (
        "select 1 from completions c join corrections k on k.id = c.after left join completions b on b.id = k.completion"
        " where (b.person, b.course, b.lesson, b.version, b.round) is not (c.person, c.course, c.lesson, c.version, c.round)"
        " union all select 1 from acknowledgements a join corrections k on k.id = a.after left join acknowledgements b"
        " on b.id = k.acknowledgement where (b.person, b.version) is not (a.person, a.version)"
        " union all select 1 from sign_offs o join corrections k on k.id = o.after left join sign_offs b on b.id = k.sign_off"
        " where (b.completion, b.\"by\") is not (o.completion, o.\"by\")"
    ),
    "people_are_what_their_last_entry_says": (
        "select 1 from people p where (id, email, name, role, mentor, due, course, active, starts, ends) is not (select person, email,"
        " name, role, mentor, due, course, active, starts, ends from people_history where person = p.id order by id desc limit 1)"
    ),
    "people_begin_with_an_entry": (
        "select 1 from people p where not exists (select 1 from people_history where person = p.id and what in ('began', 'added'))"
    ),
    "who_is_here_has_a_mentor_who_is_one": (
        "select 1 from people p join people m on m.id = p.mentor where p.active = 1 and (m.active = 0 or m.role = 'teacher')"
    ),
    "a_deputy_is_a_mentor": (
        "select 1 from deputies d where deputy is not null and (select active = 1 and role <> 'teacher' from people_history"
        " where person = d.deputy and id <= d.stood order by id desc limit 1) is not 1"
    ),
    "a_password_comes_with_its_entry": (
        "select 1 from people p where p.password_hash is not null and not exists (select 1 from ways_in w where w.person = p.id"
        " and (w.id = p.password_entry and w.what in ('chosen', 'changed', 'set') or p.password_entry is null and w.what = 'began'))"
    ),
    "whoever_has_an_account_elsewhere_can_come_in": (
        "select 1 from people p where has_account <> exists (select 1 from provider_accounts where person = p.id and ended_at is null)"
    ),
    "a password is chosen through an own link": (
        "select 1 from ways_in w join ways_in l on l.id = w.through where l.person <> w.person or l.what not in ('invitation', 'reset')"
    ),
    "a completion rests on an own attempt that passed": (
        "select 1 from completions c join attempts t on t.id = c.attempt where t.person <> c.person"
        " or t.course <> c.course or t.lesson <> c.lesson or t.passed is not 1"
    ),
    "an attempt that asks again is of who was asked, and of that lesson": (
        "select 1 from attempts t join asked_again g on g.id = t.asked_again"
        " where (t.person, t.course, t.lesson) is not (g.person, g.course, g.lesson)"
    ),
    "certificates_are_of_whole_courses": (
        "select 1 from certificates k join completions c on c.id = k.completion where c.lesson <> ''"
    ),
    "attempts_ask_as_many_as_they_drew": (
        "select 1 from attempts where (select count(distinct value) from json_each(drawn)) <> json_array_length(drawn)"
    ),
    "attempts_keep_what_was_answered": (
        "select 1 from answers n join attempts t on t.id = n.attempt where n.scenario not in (select value from json_each(t.drawn))"
    ),
    "finished_attempts_are_shared_with_others": (
        "select 1 from attempt_shares s join attempts t on t.id = s.attempt where t.finished_at is null or t.person = s.reader"
    ),
    "a lesson was opened at a moment, or not": (
        "select 1 from (select lesson_opened as at from attempts union select lesson_opened from completions)"
        " where at <> 'no' and strftime('%Y-%m-%dT%H:%M:%S', at) is not substr(at, 1, 19)"
    ),
    "a note is on an own attempt": "select 1 from notes n join attempts t on t.id = n.attempt where t.person <> n.person",
    "kept words are those of their digest": "select 1 from versions where digest(text) <> sha256",
    "words that leads read are those of their digest": "select 1 from wordings where digest(text) <> sha256",
    "a policy's words are those of its digest": "select 1 from policy_versions where digest(text) is not sha256",
    "what was taught, was taught under a version of the policy": (
        "select 1 from (select policy_version as v from attempts union select policy_version from completions)"
        " where v <> 0 and v not in (select version from policy_versions)"
    ),
    "a_removal_opens_what_it_takes": "select 1 from (select count(*) as many, max(id) as last from removals) where many <> last",
    "a_removal_is_agreed_to": (
        "select 1 from removals r where kind <> 'erased' and not exists (select 1 from retention_periods where kind = r.kind and at < r.at)"
    ),
    "erasures_come_with_a_removal": (
        "select 1 from erasures m join removals r on r.id = m.removal where r.person is not m.person or r.kind not in ('left', 'erased')"
    ),
    "nothing is left open to be removed": "select 1 from open_removal",
    "nothing names who was erased": (
        "select 1 from people p where erased_at is not null and (name <> 'Erased person ' || id"
        " or email <> 'erased-' || id || '@erased.invalid' or active <> 0 or password_hash is not null or last_seen_at is not null"
        " or not exists (select 1 from erasures where person = p.id)"
        " or not exists (select 1 from removals where person = p.id and kind in ('left', 'erased'))"
        " or exists (select 1 from people_history where person = p.id and (name, email) is not (p.name, p.email))"
        " or exists (select 1 from attempts where person = p.id) or exists (select 1 from ways_in where person = p.id)"
        " or exists (select 1 from notes where person = p.id) or exists (select 1 from conversations where teacher = p.id)"
        " or exists (select 1 from certificates k join completions c on c.id = k.completion where c.person = p.id)"
        " or exists (select 1 from acknowledgements where person = p.id) or exists (select 1 from confidence where person = p.id)"
        " or exists (select 1 from sign_offs s join completions c on c.id = s.completion where c.person = p.id)"
        " or exists (select 1 from sign_offs where \"by\" = p.id and typed_name <> p.name)"
        " or exists (select 1 from corrections where person = p.id and why <> p.name))"
    ),
    "who was erased is known": (
        "select 1 from removals r join people p on p.id = r.person where r.kind in ('left', 'erased') and p.erased_at is null"
        " union all select 1 from erasures m join people p on p.id = m.person where p.erased_at is null"
    ),
    "one school": "select 1 where (select count(*) from school) <> 1 or (select count(*) from pulse) <> 1",
}

# Lists and tables of words in a cell: of what they are made.
CELLS = (
    ("attempts", "drawn", "text"),
    ("answers", "chosen", "integer"),
    ("conversations", "themes", "text"),
    ("asked_again", "scenarios", "text"),
    ("school", "words", "text"),
    ("policy_draft_text", "ties", "text"),
    ("assessments", "answers", "text"),
    ("confidence", "answers", "integer"),
    ("acts", "was", "text"),
    ("acts", "became", "text"),
    ("erasures", "documents", "text"),
    ("scenario_tens", "chosen", "integer"),
)

SAID_BY_ANOTHER_RULE = frozenset({
    "a_removal_opens_once", "a_removal_counts_on", "a_removal_takes_what_it_says", "people_are_erased_by_a_removal",
    "whoever_was_erased_stays_so", "whoever_is_here_is_not_erased", "who_comes_has_a_mentor_who_is_one",
    "who_mentors_hands_over_first", "nobody_comes_with_a_password", "an_entry_makes_people_so",
    # The chain is gone through by itself (`evidence_check`), and each record with it.
    "an_entry_is_the_next_of_what_happened", "what_is_entered_is_due_no_more", "who_somebody_is_is_evidence",
    "policy_versions_are_evidence", "approvals_are_evidence", "acknowledgements_are_evidence", "attempts_that_end_are_evidence",
    "completions_are_evidence", "done_elsewhere_is_evidence", "what_is_taken_back_is_evidence", "acts_are_evidence",
    "removals_are_evidence", "certificates_are_evidence", "signing_keys_are_evidence", "badges_read_are_evidence",
    "sign_offs_are_evidence", "corrections_are_evidence",
})
NOT_TO_BE_SEEN_LATER = frozenset({  # what stood there before, and when a row was written, stands nowhere
    "answers_end_with_the_attempt", "attempts_finished_stay", "nothing_is_put_off_at_the_end", "a_link_made_is_a_way_in",
    "a_link_made_anew_is_a_way_in", "acts_stay_seven_years", "letters_sent_are_sent", "a_second_lead_agrees",
})


def contradictions(db: Database) -> list[str]:
    """The rules that the records break, as words; empty where all is well. The database is in the present schema."""
    db.connection().conn.create_function("digest", 1, lambda text: None if text is None else digest(text), deterministic=True)
    return [rule.replace("_", " ") for rule, broken in _asked(db) if db.value(f"select exists ({broken})")]


def _asked(db: Database) -> Iterator[tuple[str, str]]:
    yield from RULES.items()
    for table, column, kind in CELLS:
        yield (
            f"{table}.{column} is made of {kind}",
            f"select 1 from {table}, json_each({table}.{column}) e where e.type <> '{kind}'",
        )
    for table, column in moments(db):
        yield (
            f"{table}.{column} is a moment",
            f"select 1 from {table} where {column} is not null and ({column} < '1970'"
            f" or strftime('%Y-%m-%dT%H:%M:%S', {column}) is not substr({column}, 1, 19))",
        )
    for table in _counted(db):
        yield (
            f"{table} counts on, and uses no number twice",
            f"select 1 from (select min(rowid) as first, max(rowid) as last from {table}) where first < 1"
            f" or last > (select ifnull(max(seq), 0) from sqlite_sequence where name = '{table}')",
        )
    yield (
        "numbers have room to go on",
        "select 1 from sqlite_sequence group by name having count(*) > 1"
        " or max(typeof(seq)) <> 'integer' or max(seq) not between 0 and 1000000000000",
    )


def moments(db: Database) -> list[tuple[str, str]]:
    """(table, column) of every moment that is kept, in the order of their names."""
    rows = db.rows(
        "select t.name as of, c.name from pragma_table_list t join pragma_table_info(t.name) c"
        " where t.schema = 'main' and t.type = 'table' and c.type = 'TEXT' and t.name <> '_sqlite_migrations'"
        " and (c.name = 'at' or c.name glob '*_at' or c.name = 'known_since') order by t.name, c.name"
    )
    return [(row["of"], row["name"]) for row in rows]


def _counted(db: Database) -> list[str]:
    """The tables whose numbers are never used again."""
    rows = db.rows("select name from sqlite_schema where type = 'table' and sql like '%autoincrement%' order by name")
    return [row["name"] for row in rows]
