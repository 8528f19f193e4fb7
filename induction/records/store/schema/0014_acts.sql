-- What leads did, as far as no other table keeps it; and how the certificate of https was found.
--
-- Most of what leads do is kept where it belongs: people's histories, ways in, versions of the policy, approvals, lessons
-- read, scenarios put aside, the register, deputies, what was said of the backups. The log of acts is read together from
-- those and from this table (`records/acts.py`); nothing is written twice. Here stands the rest: what was downloaded, what
-- the settings were before, restores, letters held, switches, erasures, retention. `by` is null for the server: the command
-- line, or a deed of the site's own. `about` is what it was done to; `was` and `became` are what was so before and after, by
-- the labels that people read: never a password, a token, or anything of a teacher's answers.
--
-- Acts are kept seven years. A row may be deleted once it is more than seven years older than the newest: whoever deletes
-- (retention) notes that in the same transaction first, so that the newest row is of that moment.

create table acts (
    id integer primary key autoincrement,
    at text not null check (at like '____-__-__T__:__:__.______Z'),
    by integer references people (id),
    what text not null check (length(what) between 1 and 40),
    person integer references people (id),
    about text not null check (length(about) <= 500),
    was text not null check (json_valid(was) and json_type(was) = 'object' and length(was) <= 50000),
    became text not null check (json_valid(became) and json_type(became) = 'object' and length(became) <= 50000)
) strict;

create index acts_by_moment on acts (at);

create trigger acts_do_not_change before update on acts
begin select raise(abort, 'what was done does not change'); end;

create trigger acts_stay_seven_years before delete on acts
when old.at >= strftime('%Y-%m-%dT%H:%M:%f', (select max(at) from acts), '-7 years')
begin select raise(abort, 'what was done is kept for seven years'); end;


-- By moment, so that the log is read page by page from its newest end. The tables that stay short need none.

create index people_history_by_moment on people_history (at);
create index ways_in_by_moment on ways_in (at);
create index asked_again_by_moment on asked_again (at);
create index staff_group_members_by_moment on staff_group_members (at);
create index lesson_readings_by_moment on lesson_readings (at);
create index acknowledgements_recorded_by_moment on acknowledgements (at) where recorded_by is not null;


-- The certificate of the site's own address, as the caretaker saw it last: it comes and goes.

create table certificate_seen (
    id integer primary key check (id = 1),
    host text not null check (host <> ''),
    seen_at text not null check (seen_at like '____-__-__T__:__:__.______Z'),
    ends_at text check (ends_at like '____-__-__T__:__:__.______Z'),
    refused text not null default '',
    trouble text not null default '',
    check ((ends_at is null) = (refused <> '' or trouble <> ''))
) strict;
