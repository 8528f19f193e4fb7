-- The sixteenth schema: reminders. When the school is closed, which reminders go in which words, what was written to whom, and
-- the secret addresses of calendars.
--
-- Holidays and words are added to and never changed: a later row says how it is, and who made it so.

create table holidays (
    id integer primary key autoincrement,
    name text not null check (length(name) between 1 and 60),
    first text not null check (first = date(first)),
    last text not null check (last = date(last) and last >= first),
    by integer not null references people (id),
    at text not null check (at like '____-__-__T__:__:__.______Z')
) strict;

create trigger holidays_do_not_change before update on holidays
begin select raise(abort, 'a holiday stays as it was entered'); end;

create trigger holidays_stay before delete on holidays
begin select raise(abort, 'what was entered as a holiday is kept'); end;

-- One that was taken away, or has become a part of a longer one that was entered in the same change.

create table holidays_ended (
    id integer primary key autoincrement,
    holiday integer not null unique references holidays (id),
    by integer not null references people (id),
    at text not null check (at like '____-__-__T__:__:__.______Z')
) strict;

create trigger holidays_ended_do_not_change before update on holidays_ended
begin select raise(abort, 'a holiday that was taken away stays so'); end;

create trigger holidays_ended_stay before delete on holidays_ended
begin select raise(abort, 'that a holiday was taken away is kept'); end;

-- The latest row of a reminder says whether it goes, and in which words; null: those that are shipped.

create table reminder_choices (
    id integer primary key autoincrement,
    reminder text not null check (reminder in ('not-begun', 'week-before', 'day-before', 'on-the-day', 'overdue')),
    goes integer not null check (goes in (0, 1)),
    words text check (length(words) between 1 and 2000),
    by integer not null references people (id),
    at text not null check (at like '____-__-__T__:__:__.______Z')
) strict;

create index reminder_choices_by_reminder on reminder_choices (reminder, id);

create trigger reminder_choices_do_not_change before update on reminder_choices
begin select raise(abort, 'what was chosen of a reminder stays on record'); end;

create trigger reminder_choices_stay before delete on reminder_choices
begin select raise(abort, 'what was chosen of a reminder is kept'); end;

-- What the site wrote to somebody by itself on a day: one letter, of one or several parts. `about` is the due date of a
-- reminder, when they came of one that says they have not begun, and the day itself of what tells of others.

create table reminders (
    id integer primary key autoincrement,
    person integer not null references people (id),
    day text not null check (day = date(day)),
    what text not null check (
        what in ('not-begun', 'week-before', 'day-before', 'on-the-day', 'overdue', 'reminded', 'digest')),
    about text not null check (about = date(about)),
    at text not null check (at like '____-__-__T__:__:__.______Z'),
    unique (person, day, what)
) strict;

create index reminders_by_day on reminders (day, person);

create trigger reminders_do_not_change before update on reminders
begin select raise(abort, 'what was written to somebody stays on record'); end;

create trigger reminders_stay before delete on reminders
when not exists (select 1 from erasing where person = old.person)
begin select raise(abort, 'what was written to somebody is kept'); end;

create trigger reminders_that_go_are_counted after delete on reminders
begin update open_removal set taken = taken + 1; end;

create trigger reminders_come_when_nothing_goes before insert on reminders when exists (select 1 from open_removal)
begin select raise(abort, 'nothing is added while something is removed'); end;

-- Addresses under which a calendar program finds due dates: somebody's own, or those of a mentor's teachers. Its secret is
-- derived from the nonce and the key of links, which lies beside the database; a new nonce ends the address before it.

create table calendar_addresses (
    id integer primary key autoincrement,
    person integer not null references people (id),
    whose text not null check (whose in ('own', 'teachers')),
    nonce text not null check (length(nonce) >= 32),
    token_sha256 text not null unique check (length(token_sha256) = 64),
    made_at text not null check (made_at like '____-__-__T__:__:__.______Z'),
    unique (person, whose)
) strict;
