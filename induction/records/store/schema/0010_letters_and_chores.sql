-- The tenth schema: letters that the site posts by itself, and the chores that it does by itself.
--
-- A letter is written with the fact that it tells of, in one change, and posted later. Its key says what it is about, so that
-- the same is never written twice. It is claimed before it is posted, and marked once more before its words go out: whoever
-- is killed after that leaves a letter of which nobody knows whether it arrived, and it is not posted again by itself.
--
--   waiting  → claimed → posting → sent
--                ↓          ↓
--             waiting     refused by the mail server, or unsure
--
-- Held back or no longer wanted, it is dropped. The words of a letter go once it was sent or dropped: some hold a link.


create table post_office (
    id integer primary key check (id = 1),
    address text not null default '',
    open integer not null default 0 check (open in (0, 1)),
    held integer not null default 0 check (held in (0, 1)),
    failures integer not null default 0 check (failures >= 0),
    failing_since text check (failing_since like '____-__-__T__:__:__.______Z'),
    next_try text check (next_try like '____-__-__T__:__:__.______Z'),
    trouble text not null default '',
    last_sent_at text check (last_sent_at like '____-__-__T__:__:__.______Z'),
    check ((failures = 0) = (failing_since is null)),
    check ((failures = 0) = (trouble = ''))
) strict;

insert into post_office (id) values (1);

create table letters (
    id integer primary key autoincrement,
    kind text not null check (kind <> ''),
    person integer references people (id),
    email text not null check (length(email) between 3 and 254 and instr(email, '@') > 1),
    key text not null unique check (length(key) between 1 and 300),
    reply_to text not null default '',
    subject text not null check (subject <> '' and instr(subject, char(10)) = 0 and instr(subject, char(13)) = 0),
    words text check (words <> ''),
    why text not null check (why <> ''),
    written_at text not null check (written_at like '____-__-__T__:__:__.______Z'),
    not_before text not null check (not_before like '____-__-__T__:__:__.______Z'),
    not_after text not null check (not_after like '____-__-__T__:__:__.______Z' and not_after >= not_before),
    state text not null default 'waiting'
        check (state in ('waiting', 'claimed', 'posting', 'sent', 'refused', 'unsure', 'dropped')),
    claim text check (length(claim) >= 16),
    claimed_until text check (claimed_until like '____-__-__T__:__:__.______Z'),
    tries integer not null default 0 check (tries >= 0),
    done_at text check (done_at like '____-__-__T__:__:__.______Z'),
    said text not null default '',
    check ((state in ('claimed', 'posting')) = (claim is not null)),
    check ((claim is null) = (claimed_until is null)),
    check ((state in ('sent', 'refused', 'unsure', 'dropped')) = (done_at is not null)),
    check (state not in ('sent', 'dropped') or words is null),
    check (words is not null or done_at is not null)
) strict;

create index letters_to_post on letters (not_before, id) where state = 'waiting';
create index letters_under_way on letters (claimed_until) where state in ('claimed', 'posting');
create index letters_by_state on letters (state, id);
create index letters_by_person on letters (person, kind, id) where person is not null;
create index letters_with_words on letters (not_after) where words is not null;

create trigger letters_stay_as_written before update of id, kind, person, key, reply_to, subject, why, written_at on letters
begin select raise(abort, 'a letter stays as it was written'); end;

create trigger letters_sent_are_sent before update on letters when old.state in ('sent', 'dropped')
begin select raise(abort, 'a letter that was sent or dropped does not change'); end;

-- An address that a mail server has refused for good. Nothing more is tried there until it is put right.

create table addresses_refused (
    email text primary key check (length(email) between 3 and 254),
    at text not null check (at like '____-__-__T__:__:__.______Z'),
    said text not null
) strict, without rowid;

-- Somebody has asked for a new password at sign-in, whoever it is: looked up and answered by the letters' own round, so that
-- asking takes the same time for an address that is known here and for one that isn't.

create table password_requests (
    id integer primary key autoincrement,
    email text not null check (length(email) between 3 and 254),
    at text not null check (at like '____-__-__T__:__:__.______Z')
) strict;


-- What the site does by itself: when it did so last, and what was wrong.

create table chores (
    name text primary key check (name <> ''),
    claimed_until text check (claimed_until like '____-__-__T__:__:__.______Z'),
    claim text,
    begun_at text check (begun_at like '____-__-__T__:__:__.______Z'),
    done_at text check (done_at like '____-__-__T__:__:__.______Z'),
    trouble text not null default '',
    check ((claim is null) = (claimed_until is null))
) strict, without rowid;
