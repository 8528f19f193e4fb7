"""Where what leads do is kept: each table that says who did what and when, as the log of acts reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..rules.acts import Kind
from .people.history import then


@dataclass(frozen=True, slots=True)
class Source:
    """A table that says who did what and when. All but `kind` is SQL, of its row `t`."""

    rows: str  # from
    what: str
    kind: Kind | None = None  # None: each row's own
    where: str = "1"
    by: str = 't."by"'
    persons: tuple[str, ...] = ()  # whom it concerns, the first of whom is told
    id: str = "t.id"
    course: str = "''"
    lesson: str = "''"
    about: str = "''"
    was: str = "'{}'"
    became: str = "'{}'"


def _entry(row: str) -> str:
    """Who somebody was by an entry, as JSON. A column that joins `people_history` joins here."""
    mentor = then("name", f"{row}.mentor", f"{row}.at")
    plain = ", ".join(f"'{name}', {row}.{name}" for name in ("name", "email", "role", "due", "course", "starts", "ends"))
    return f"json_object({plain}, 'mentor', {mentor})"


def _texts(row: str, columns: Mapping[str, str]) -> str:
    """Columns by their labels, as a JSON object holds them."""
    return ", ".join(f"'{label}', cast({row}.{column} as text)" for label, column in columns.items())


def _cycle(row: str) -> str:
    columns = {"every year on": "every", "months after completion": "months", "joined by": "joined_by", "weeks": "weeks", "since": "since"}
    return f"json_object({_texts(row, columns)})"


def _assessment(row: str) -> str:
    plain = _texts(row, {"youngest": "youngest", "minimum age": "minimum_age", "review": "review_on"})
    who = ", ".join(f"'{place} responsible', {then('name', f'{row}.{place}_responsible', f'{row}.at')}" for place in ("first", "second"))
    return f"json_object('account', {row}.platform || ' ' || {row}.handle, {plain}, {who})"


_BEFORE = "(select max(id) from people_history where person = t.person and id < t.id)"
_CHOICE_BEFORE = "(select p.stance from policy_choices p where p.facet = c.facet and p.version < c.version order by p.version desc limit 1)"
_GROUP = "(select name from staff_group_names where staff_group = t.staff_group and at <= t.at order by id desc limit 1)"
_CYCLE_BEFORE = "(select max(id) from course_cycles where course = t.course and id < t.id)"
_ACCOUNT = "(select platform || ' ' || handle from assessments where account = t.account and at <= t.at order by id desc limit 1)"
_RULES = (
    "'days without a second step', cast({0}.grace_days as text), 'teachers sign in with a password', iif({0}.teachers_by_password,"
    " 'yes', 'no'), 'whoever was not invited', {0}.strangers"
)

SOURCES = (
    Source(
        f"people_history t left join people_history q on q.id = {_BEFORE}", kind=Kind.PEOPLE,
        where="t.what in ('added', 'changed') and not t.by_itself",  # an end by itself was an act when its day was set
        what="case when t.what = 'added' then 'added' when t.active < q.active then 'ended' when t.active > q.active"
        " then 'brought back' else 'changed' end",
        persons=("t.person",), was=f"iif(t.what = 'added', '{{}}', {_entry('q')})", became=_entry("t"),
    ),
    Source(
        "ways_in t", kind=Kind.LINKS, what="t.what || ' made'", persons=("t.person",),
        where="t.what in ('invitation', 'reset', 'set') and t.\"by\" is not t.person",
    ),
    Source(
        "deputies t", kind=Kind.PEOPLE, what="iif(t.deputy, 'deputy', 'no deputy')", persons=("t.mentor", "t.deputy"),
        about=f"ifnull({then('name', 't.deputy', 't.at')}, '')",
        became="iif(t.deputy, json_object('from', t.begins, 'until', t.ends), '{}')",
    ),
    Source(
        "handovers t", kind=Kind.PEOPLE, what="'follower'", persons=("t.mentor", "t.follower"),
        about=f"ifnull({then('name', 't.follower', 't.at')}, '')",
    ),
    Source(
        "staff_group_names t left join staff_group_names q on q.id ="
        " (select max(id) from staff_group_names where staff_group = t.staff_group and id < t.id)",
        kind=Kind.PEOPLE, about="t.name", was="iif(q.id, json_object('name', q.name), '{}')", became="json_object('name', t.name)",
        what="case when q.id is null then 'group made' when t.closed > q.closed then 'group closed' when t.closed < q.closed"
        " then 'group opened' else 'group renamed' end",
    ),
    Source(
        "staff_group_members t", kind=Kind.PEOPLE, what="iif(t.member, 'into a group', 'out of a group')", persons=("t.person",),
        about=f"ifnull({_GROUP}, '')",
    ),
    Source(
        "course_groups t", kind=Kind.COURSES, what="iif(t.given, 'given', 'no longer given')", course="t.course",
        about=f"ifnull({_GROUP}, '')",
    ),
    Source(
        f"course_cycles t left join course_cycles q on q.id = {_CYCLE_BEFORE}", kind=Kind.COURSES, what="'comes round'", course="t.course",
        was=f"iif(q.id, {_cycle('q')}, '{{}}')", became=_cycle("t"),
    ),
    Source(
        "done_elsewhere t", kind=Kind.COURSES, what="'done elsewhere'", persons=("t.person",), course="t.course",
        about="t.title || ', ' || t.provider", became="json_object('done on', t.done_on, 'valid until', t.expires_on)",
    ),
    Source(
        "done_elsewhere_taken_back t join done_elsewhere s on s.id = t.entry", kind=Kind.COURSES, what="'elsewhere taken back'",
        persons=("s.person",), course="s.course", about="s.title || ', ' || s.provider", became="json_object('why', t.why)",
    ),
    Source(
        "corrections t left join sign_offs s on s.id = t.sign_off left join completions c on c.id = ifnull(t.completion, s.completion)"
        " left join acknowledgements a on a.id = t.acknowledgement",
        kind=Kind.COURSES, where="t.follows is null",  # what follows from another is no act of its own
        what="case t.counts when 0 then 'struck' when 1 then 'counted again' else 'noted beside' end", persons=("t.person",),
        course="ifnull(c.course, '')", lesson="ifnull(c.lesson, '')",
        about="case when a.id is not null then 'version ' || a.version || ' of the policy' when s.id is not null then 'the sign-off'"
        " else '' end",
        became="json_object('why', t.why, 'what is right', t.rightly)",
    ),
    Source(
        "policy_versions t", kind=Kind.POLICY, what="'published'", by="t.chosen_by", id="t.version", about="cast(t.version as text)",
        was=f"(select json_group_object(c.facet, {_CHOICE_BEFORE}) from policy_choices c where c.version = t.version)",
        became="(select json_group_object(c.facet, c.stance) from policy_choices c where c.version = t.version)",
    ),
    Source(
        "acknowledgements t", kind=Kind.POLICY, what="'paper signature'", where="t.recorded_by is not null", by="t.recorded_by",
        persons=("t.person",), about="cast(t.version as text)", became="json_object('signed on', t.signed_on)",
    ),
    Source(
        "asked_again t", kind=Kind.COURSES, what="'asked again'", by="t.asked_by", persons=("t.person",), course="t.course",
        lesson="t.lesson",
    ),
    Source("approvals t", kind=Kind.COURSES, what="'approved'", by="t.approved_by", course="t.course"),
    Source("lesson_readings t", kind=Kind.COURSES, what="'read'", by="t.read_by", course="t.course", lesson="t.lesson"),
    Source(
        "scenarios_aside t", kind=Kind.COURSES, what="iif(t.aside, 'put aside', 'taken back')", course="t.course", lesson="t.lesson",
        about="t.scenario", became="iif(t.aside, json_object('why', t.why), '{}')",
    ),
    Source(
        "assessments t left join assessments q on q.id = (select max(id) from assessments where account = t.account and id < t.id)",
        kind=Kind.ACCOUNTS, what="iif(q.id, 'assessed anew', 'put on the register')", by="t.written_by",
        about="t.platform || ' ' || t.handle", was=f"iif(q.id, {_assessment('q')}, '{{}}')", became=_assessment("t"),
    ),
    Source(
        "assessment_signatures t join assessments s on s.id = t.assessment", kind=Kind.ACCOUNTS, what="'second signature'",
        by="t.signed_by", id="t.assessment", about="s.platform || ' ' || s.handle",
    ),
    Source(
        "accounts_switched_off t", kind=Kind.ACCOUNTS, what="iif(t.off, 'switched off', 'switched on')", about=f"ifnull({_ACCOUNT}, '')",
        became="iif(t.why <> '', json_object('why', t.why), '{}')",
    ),
    Source(
        "backups_elsewhere t", kind=Kind.BACKUPS, what="iif(t.elsewhere, 'copy elsewhere', 'no copy elsewhere')", by="t.said_by",
    ),
    Source(
        "signing_keys t", kind=Kind.SETTINGS, what="'signing key'",
        where='t."by" is not null',  # the first is made by the site itself
        became="json_object('public key', t.public_key)",
    ),
    Source(
        "sign_in_rules t left join sign_in_rules q on q.id = t.id - 1", kind=Kind.SETTINGS, what="'sign-in rules'", where="t.id > 1",
        was=f"json_object({_RULES.format('q')})", became=f"json_object({_RULES.format('t')})",
    ),
    Source(
        "sign_in_events t", kind=Kind.LINKS, where="t.\"by\" is not t.person and t.what in"
        " ('account unlinked', 'let in', 'reset asked', 'reset agreed', 'reset refused', 'reset')", what="t.what", persons=("t.person",),
        became="iif(t.about <> '', json_object(iif(t.what in ('account unlinked', 'let in'), 'account', 'why'), t.about), '{}')",
    ),
    Source(
        "evidence_witnesses t", kind=Kind.DATA, what="iif(t.person, 'keeps the head', 'head not kept')", persons=("t.person",),
    ),
    Source(
        "reminder_choices t left join reminder_choices q on q.id ="
        " (select max(id) from reminder_choices where reminder = t.reminder and id < t.id)",
        kind=Kind.LETTERS, what="'reminder'", about="t.reminder",
        was="json_object('goes', iif(ifnull(q.goes, 1), 'yes', 'no'), 'words', substr(ifnull(q.words, 'as shipped'), 1, 500))",
        became="json_object('goes', iif(t.goes, 'yes', 'no'), 'words', substr(ifnull(t.words, 'as shipped'), 1, 500))",
    ),
    Source(
        "holidays t", kind=Kind.SETTINGS, what="'holiday'", about="t.name", became="json_object('from', t.first, 'until', t.last)",
    ),
    Source(
        "holidays_ended t join holidays s on s.id = t.holiday", kind=Kind.SETTINGS, what="'holiday ended'", about="s.name",
        was="json_object('from', s.first, 'until', s.last)",
    ),
    Source("acts t", what="t.what", persons=("t.person",), about="t.about", was="t.was", became="t.became"),
)  # fmt: skip
