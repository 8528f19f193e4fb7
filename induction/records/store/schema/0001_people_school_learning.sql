-- The first schema. What a rule can refuse here, no mistake in the code above can store.
--
-- Times are UTC text with microseconds, days are `2026-12-04`; both sort as they are. Ids are never
-- used again. What happened (attempts once finished, answers, completions, policy choices, kept
-- versions) can be added to and never changed or taken away.


-- People, and how they come in

create table people (
    id integer primary key autoincrement,
    email text not null unique check (length(email) between 3 and 254 and instr(email, '@') > 1),
    name text not null check (length(name) between 1 and 200),
    sort_name text not null,
    role text not null check (role in ('teacher', 'mentor', 'lead')),
    mentor integer references people (id) check (mentor <> id),
    due text check (due = date(due)),
    active integer not null default 1 check (active in (0, 1)),
    password_hash text check (length(password_hash) > 20),
    created_at text not null check (created_at like '____-__-__T__:__:__.______Z'),
    last_seen_at text check (last_seen_at like '____-__-__T__:__:__.______Z'),
    checklist_key text not null unique check (length(checklist_key) >= 16)
) strict;

create index people_by_name on people (active, sort_name, id);
create index people_by_mentor on people (mentor, active, sort_name) where mentor is not null;
create index people_by_role on people (role, active);

create table sessions (
    id integer primary key autoincrement,
    token_sha256 text not null unique check (length(token_sha256) = 64),
    person integer not null references people (id),
    device text not null check (length(device) <= 200),
    started_at text not null check (started_at like '____-__-__T__:__:__.______Z'),
    last_used_at text not null check (last_used_at like '____-__-__T__:__:__.______Z')
) strict;

create index sessions_by_person on sessions (person);
create index sessions_by_use on sessions (last_used_at);

create table links (
    id integer primary key autoincrement,
    kind text not null check (kind in ('first-run', 'invitation', 'reset')),
    person integer references people (id) check ((person is null) = (kind = 'first-run')),
    token_sha256 text not null unique check (length(token_sha256) = 64),
    expires_at text not null check (expires_at like '____-__-__T__:__:__.______Z')
) strict;

create unique index one_link_of_a_kind on links (ifnull(person, 0), kind);

create table devices (
    mark_sha256 text primary key check (length(mark_sha256) = 64),
    account_sha256 text not null check (length(account_sha256) = 64),
    known_since text not null check (known_since like '____-__-__T__:__:__.______Z')
) strict, without rowid;

create index devices_by_age on devices (known_since);

create table tries (
    account_sha256 text not null check (length(account_sha256) = 64),
    device text not null check (length(device) in (0, 64)),
    wrong integer not null check (wrong > 0),
    last_at text not null check (last_at like '____-__-__T__:__:__.______Z'),
    primary key (account_sha256, device)
) strict, without rowid;

create index tries_by_age on tries (last_at);


-- The school, its policy, and the words that were met

create table pulse (
    id integer primary key check (id = 1),
    at text check (at like '____-__-__T__:__:__.______Z')
) strict;

insert into pulse (id) values (1);

create table school (
    id integer primary key check (id = 1),
    key text not null check (length(key) = 32),
    name text not null default '' check (length(name) <= 200),
    nation text not null default 'england' check (nation in ('england', 'wales', 'scotland', 'northern-ireland')),
    phase text not null default 'all-through' check (phase in ('primary', 'secondary', 'all-through')),
    words text not null default '{}' check (json_valid(words) and json_type(words) = 'object'),
    public_contacts integer not null default 0 check (public_contacts in (0, 1)),
    revision integer not null default 1 check (revision > 0)
) strict;

insert into school (id, key) values (1, lower(hex(randomblob(16))));

create table policy_versions (
    version integer primary key autoincrement,
    chosen_by integer references people (id),
    at text not null check (at like '____-__-__T__:__:__.______Z')
) strict;

create table policy_choices (
    version integer not null references policy_versions (version),
    facet text not null check (facet <> ''),
    stance text not null check (stance <> ''),
    primary key (facet, version)
) strict, without rowid;

create table versions (
    sha256 text not null primary key check (length(sha256) = 64),
    kind text not null check (kind in ('lesson', 'quiz', 'course')),
    text text not null check (text <> ''),
    kept_at text not null check (kept_at like '____-__-__T__:__:__.______Z')
) strict;


-- What was done

create table attempts (
    id integer primary key autoincrement,
    person integer not null references people (id),
    course text not null check (course <> ''),
    lesson text not null check (lesson <> ''),
    quiz_version text not null references versions (sha256),
    lesson_version text not null references versions (sha256),
    policy_version integer not null check (policy_version >= 0),
    pass_mark integer not null check (pass_mark between 0 and 100),
    drawn text not null check (json_type(drawn) = 'array' and json_array_length(drawn) > 0),
    started_at text not null check (started_at like '____-__-__T__:__:__.______Z'),
    finished_at text check (finished_at like '____-__-__T__:__:__.______Z'),
    mark text check (mark glob '[0-9]*/[1-9]*'),
    percent integer check (percent between 0 and 100),
    breaches integer check (breaches >= 0),
    passed integer check (passed in (0, 1)),
    shared_at text check (shared_at like '____-__-__T__:__:__.______Z'),
    check ((finished_at is null) = (mark is null)),
    check ((finished_at is null) = (percent is null)),
    check ((finished_at is null) = (breaches is null)),
    check ((finished_at is null) = (passed is null)),
    check (passed is null or passed = 0 or breaches = 0),
    check (shared_at is null or finished_at is not null)
) strict;

create unique index one_open_attempt on attempts (person, course, lesson) where finished_at is null;
create index attempts_by_person on attempts (person, course, lesson, id);

create table answers (
    id integer primary key autoincrement,
    attempt integer not null references attempts (id),
    step integer not null check (step > 0),
    scenario text not null check (scenario <> ''),
    scene text not null check (scene <> ''),
    chosen text not null check (json_type(chosen) = 'array' and json_array_length(chosen) > 0),
    rating text not null check (rating in ('best', 'fine', 'poor', 'breach')),
    mark text not null check (mark glob '[0-9]*/[1-9]*'),
    at text not null check (at like '____-__-__T__:__:__.______Z'),
    unique (attempt, step)
) strict;

create index answers_to_first_scenes on answers (id, attempt, scenario, rating) where scene = scenario;

create table completions (
    id integer primary key autoincrement,
    person integer not null references people (id),
    course text not null check (course <> ''),
    lesson text not null,
    attempt integer references attempts (id) check (attempt is null or lesson <> ''),
    version text not null references versions (sha256),
    percent integer check (percent between 0 and 100),
    pass_mark integer check (pass_mark between 0 and 100),
    attempts integer not null check (attempts >= 0),
    policy_version integer not null check (policy_version >= 0),
    completed_at text not null check (completed_at like '____-__-__T__:__:__.______Z'),
    unique (person, course, lesson, version)
) strict;

create index completions_by_lesson on completions (course, lesson, person);

create table conversations (
    id integer primary key autoincrement,
    key text not null unique check (length(key) between 16 and 100),
    teacher integer not null references people (id),
    mentor integer not null references people (id) check (mentor <> teacher),
    held_on text not null check (held_on = date(held_on)),
    themes text not null check (json_type(themes) = 'array'),
    recorded_at text not null check (recorded_at like '____-__-__T__:__:__.______Z')
) strict;

create index conversations_by_teacher on conversations (teacher, held_on);


-- What happened is kept

create trigger attempts_began_as_they_began before update of
    id, person, course, lesson, quiz_version, lesson_version, policy_version, pass_mark, started_at on attempts
begin select raise(abort, 'how an attempt began does not change'); end;

create trigger attempts_finished_stay before update of
    drawn, finished_at, mark, percent, breaches, passed on attempts when old.finished_at is not null
begin select raise(abort, 'a finished attempt does not change'); end;

create trigger attempts_stay before delete on attempts
begin select raise(abort, 'attempts are kept'); end;

create trigger answers_end_with_the_attempt before insert on answers
when (select finished_at from attempts where id = new.attempt) is not null
    and not exists (select 1 from answers where attempt = new.attempt and step = new.step)
begin select raise(abort, 'a finished attempt takes no answers'); end;

create trigger answers_do_not_change before update on answers
begin select raise(abort, 'answers do not change'); end;

create trigger answers_stay before delete on answers
begin select raise(abort, 'answers are kept'); end;

create trigger completions_do_not_change before update on completions
begin select raise(abort, 'completions do not change'); end;

create trigger completions_stay before delete on completions
begin select raise(abort, 'completions are kept'); end;

create trigger versions_do_not_change before update on versions
begin select raise(abort, 'kept versions do not change'); end;

create trigger versions_stay before delete on versions
begin select raise(abort, 'kept versions are kept'); end;

create trigger policy_versions_do_not_change before update on policy_versions
begin select raise(abort, 'policy versions do not change'); end;

create trigger policy_versions_stay before delete on policy_versions
begin select raise(abort, 'policy versions are kept'); end;

create trigger policy_choices_do_not_change before update on policy_choices
begin select raise(abort, 'policy choices do not change'); end;

create trigger policy_choices_stay before delete on policy_choices
begin select raise(abort, 'policy choices are kept'); end;
