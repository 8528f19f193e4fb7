"""What becomes of each table when somebody is erased: every column that names somebody stands in one of these.

A test holds that.
"""

from __future__ import annotations

_THEIR_TRIES = "attempt in (select id from attempts where person = :person)"

_LETTER = "lower(subject || ' ' || ifnull(words, '') || ' ' || why || ' ' || said || ' ' || reply_to || ' ' || key)"

# What goes, in this order: (table, its column that names whom it is of), and which rows.
GOES = {
    ("note_answers", ""): "note in (select id from notes where person = :person)",
    ("notes", "person"): "person = :person",
    ("attempt_shares", ""): _THEIR_TRIES,
    ("put_off", ""): _THEIR_TRIES,
    ("answers", ""): _THEIR_TRIES,
    ("certificates", ""): "completion in (select id from completions where person = :person)",
    ("corrections", "person"): "person = :person and (completion is null or exists (select 1 from completions where id = completion"
    " and lesson <> ''))",
    ("sign_offs", ""): "completion in (select id from completions where person = :person)",
    ("completions", "person"): "person = :person and lesson <> ''",
    ("attempts", "person"): "person = :person",
    ("asked_again", "person"): "person = :person",
    ("conversations", "teacher"): "teacher = :person",
    ("confidence_shares", "person"): "person = :person",
    ("confidence", "person"): "person = :person",
    ("acknowledgements", "person"): "person = :person",
    ("lessons_opened", "person"): "person = :person",
    ("staff_group_members", "person"): "person = :person",
    ("badges_read", ""): "entry in (select id from done_elsewhere where person = :person)",
    ("done_elsewhere_taken_back", ""): "entry in (select id from done_elsewhere where person = :person)",
    ("done_elsewhere", "person"): "person = :person",
    ("ways_in", "person"): "person = :person",
    ("sign_in_events", "person"): "person = :person",
    ("letters", "person"): "id in (select value from json_each(:letters))",  # to them, and to others where they are named
    ("reminders", "person"): "person = :person",
    ("sessions", "person"): "person = :person",
    ("devices", ""): "account_sha256 in (select value from json_each(:accounts))",
}
# What stays, with their name taken out of it: (table, the column that says whose it is).
UNNAMED = {
    ("people_history", "person"): "name = :name, email = :email, mentor = null, due = null, course = null, starts = null, ends = null",
    ("approvals", "approved_by"): "typed_name = :name",
    ("assessment_signatures", "signed_by"): "typed_name = :name",
    ("sign_offs", "by"): "typed_name = :name",
    ("corrections", "person"): "why = :name, rightly = iif(counts is null, '–', ''), follows = null",  # of a course as a whole
}
# The log of what leads did: rows whose words may name them, as its trigger has it too. Which do is looked at with care in
# `erasure._acts_without`.
ACTS = (
    "exists (select 1 from people_history h, (select lower(about || ' ' || was || ' ' || became) as whole) l"
    " where h.person = :person and (instr(l.whole, lower(h.name)) or instr(l.whole, lower(trim(json_quote(h.name), '\"')))"
    " or instr(l.whole, lower(h.email))))"
)
# The chain of evidence: entries that lose their words, and stay as leaves. `acts` are those whose words name them.
EVIDENCE = (
    "entry is not null and (kind = 'act' and row in (select value from json_each(:acts)) or person = :person and kind <> 'removal'"
    " and not (kind = 'completion' and row in (select id from completions where person = :person and lesson = '')))"
)
# Letters to them or to others whose words may name them. There are years of them, so each is put together once.
LETTERS = (
    "id in (with known as materialized (select lower(name) as said from people_history where person = :person union"
    " select lower(email) from people_history where person = :person),"
    f" l as materialized (select id, person, email, {_LETTER} as whole from letters) select id from l where person = :person"
    " or email in (select email from people_history where person = :person)"
    " or exists (select 1 from known where instr(l.whole, known.said)))"
)
# What comes and goes, and is counted by nobody. A list on its way in may hold anybody's name: each is brought in anew.
PASSES = {
    ("calendar_addresses", "person"): "person = :person",
    ("new_devices", "person"): "person = :person",
    ("provider_tokens", ""): "account in (select id from provider_accounts where person = :person)",
    ("provider_accounts", "person"): "person = :person",
    ("waiting_accounts", ""): "address in (select value from json_each(:emails))",
    ("kept_forms", "person"): "1",  # any may name anybody: it is typed anew
    ("passkeys", "person"): "person = :person",
    ("code_apps", "person"): "person = :person",
    ("recovery_codes", "person"): "person = :person",
    ("factor_resets", "person"): "person = :person",
    ("factor_resets", "asked_by"): "asked_by = :person",
    ("links", "person"): "person = :person",
    ("ended_links", "person"): "person = :person",  # after the links, whose end it remembers
    ("tries", ""): "account_sha256 in (select value from json_each(:accounts))",
    ("addresses_refused", ""): "email in (select value from json_each(:emails))",
    ("password_requests", ""): "email in (select value from json_each(:emails))",
    ("imports", "person"): "1",
    ("packs", "by"): "1",  # any may hold anybody's name: each is made anew, and files that no row names are swept away
    ("packs", "person"): "1",
}
# What stays under their number, each for its reason: the school's own doing, or part of somebody else's record.
STAYS = {
    ("acts", "by"): "the school's own doing",
    ("acts", "person"): "what leads did",
    ("accounts_switched_off", "by"): "the school's register of accounts",
    ("acknowledgements", "recorded_by"): "part of the record of whoever signed",
    ("asked_again", "asked_by"): "part of the record of whoever was asked",
    ("assessments", "first_responsible"): "the school's register of accounts",
    ("assessments", "second_responsible"): "the school's register of accounts",
    ("assessments", "written_by"): "the school's register of accounts",
    ("attempt_shares", "reader"): "part of the record of whoever shared",
    ("backups_elsewhere", "said_by"): "the school's own doing",
    ("confidence_shares", "reader"): "part of the record of whoever shared",
    ("conversations", "mentor"): "part of the record of whoever was spoken with",
    ("corrections", "by"): "part of the record of whoever was corrected",
    ("course_cycles", "by"): "the school's own doing",
    ("course_groups", "by"): "the school's own doing",
    ("deputies", "by"): "who might see whom, and when",
    ("deputies", "deputy"): "who might see whom, and when",
    ("deputies", "mentor"): "who might see whom, and when",
    ("done_elsewhere", "by"): "part of the record of whose certificate it is",
    ("done_elsewhere_taken_back", "by"): "part of the record of whose certificate it is",
    ("erasures", "person"): "that they were erased",
    ("evidence_witnesses", "by"): "the school's own doing",
    ("evidence_witnesses", "person"): "to whom the head of the chain was written",
    ("evidence", "person"): "that there was an entry; its words go",
    ("holidays", "by"): "the school's own doing",
    ("holidays_ended", "by"): "the school's own doing",
    ("handovers", "by"): "who followed whom, and when",
    ("handovers", "follower"): "who followed whom, and when",
    ("handovers", "mentor"): "who followed whom, and when",
    ("lesson_readings", "read_by"): "the school's own doing",
    ("links", "made_by"): "part of the record of whom the link is for",
    ("note_answers", "answered_by"): "part of the record of whoever sent the note",
    ("people", "added_by"): "part of the record of whoever was added",
    ("people", "mentor"): "nobody who is here has them as their mentor; of others it says who it was",
    ("people_history", "by"): "part of the record of whoever was changed",
    ("people_history", "mentor"): "part of the record of whoever they mentored",
    ("policy_draft_choices", "saved_by"): "the school's own doing",
    ("policy_draft_text", "saved_by"): "the school's own doing",
    ("policy_versions", "chosen_by"): "the school's own doing",
    ("reminder_choices", "by"): "the school's own doing",
    ("removals", "by"): "the school's own doing",
    ("removals", "person"): "what was removed of them, and when",
    ("retention_periods", "by"): "the school's own doing",
    ("scenarios_aside", "by"): "the school's own doing",
    ("sign_in_events", "by"): "part of the record of whose way in it is",
    ("sign_in_rules", "by"): "the school's own doing",
    ("signing_keys", "by"): "the school's own doing",
    ("staff_group_members", "by"): "part of the record of whoever belonged to it",
    ("staff_group_names", "by"): "the school's own doing",
    ("ways_in", "by"): "part of the record of whoever got the link",
}
# Words that the school wrote and that somebody may be named in: no removal changes them. What each is called, and where.
WRITTEN = {
    "the settings": ("school", "name || ' ' || words"),
    "the policy": ("policy_versions", "ifnull(text, '') || ' ' || note"),
    "the policy’s draft": ("policy_draft_text", "words || ' ' || ties"),
    "choices of policy": ("policy_choices", "words"),
    "drafted choices of policy": ("policy_draft_choices", "words"),
    "lessons and scenarios as they were taught": ("versions", "text"),
    "lessons as leads have read them": ("wordings", "text"),
    "the register of accounts": ("assessments", "platform || ' ' || handle || ' ' || answers"),
    "why an account was switched off": ("accounts_switched_off", "why"),
    "certificates of other providers": ("done_elsewhere", "provider || ' ' || title || ' ' || file"),
    "words of reminders": ("reminder_choices", "ifnull(words, '')"),
    "names of holidays": ("holidays", "name"),
    "names of groups of staff": ("staff_group_names", "name"),
    "why a scenario was put aside": ("scenarios_aside", "why"),
    "notes of others": ("notes", "words"),
    "answers to notes": ("note_answers", "words"),
    "corrections of what others did": ("corrections", "why || ' ' || rightly"),
}
