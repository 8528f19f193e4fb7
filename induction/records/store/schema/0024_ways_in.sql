-- The twenty-fourth schema: ways in that a school has already, and a second step for those who see others' records.
--
-- What happened stands in `sign_in_events` and stays. All else is what holds now: it comes and goes, and each change of it has
-- its event. Secrets are sealed with a key that lies beside the database; of what is only compared, the SHA-256 is kept.


-- What the school has decided of signing in; the last row counts. The first is this upgrade's, and the days in which nobody has
-- to have a second step yet begin with it.

create table sign_in_rules (
    id integer primary key autoincrement,
    at text not null check (at like '____-__-__T__:__:__.______Z'),
    by integer references people (id),
    grace_days integer not null check (grace_days between 0 and 14),
    teachers_by_password integer not null check (teachers_by_password in (0, 1)),
    strangers text not null check (strangers in ('refused', 'held'))
) strict;

insert into sign_in_rules (at, grace_days, teachers_by_password, strangers)
values (strftime('%Y-%m-%dT%H:%M:%f000Z', 'now'), 14, 1, 'refused');

create trigger sign_in_rules_do_not_change before update on sign_in_rules
begin select raise(abort, 'what was decided of signing in stays on record'); end;

create trigger sign_in_rules_stay before delete on sign_in_rules
begin select raise(abort, 'what was decided of signing in stays on record'); end;


-- What became of somebody's ways in, and who did it; null the command line of the server, or the site itself.

create table sign_in_events (
    id integer primary key autoincrement,
    at text not null check (at like '____-__-__T__:__:__.______Z'),
    by integer references people (id),
    person integer not null references people (id),
    what text not null check (what in (
        'account linked', 'account unlinked', 'let in', 'new device', 'not me',
        'passkey added', 'passkey removed', 'passkey refused', 'code app added', 'code app removed',
        'recovery codes made', 'recovery code used', 'wrong codes', 'reset asked', 'reset agreed', 'reset refused', 'reset')),
    about text not null default '' check (length(about) <= 300),
    device text not null default '' check (length(device) <= 200)
) strict;

create index sign_in_events_by_person on sign_in_events (person, id);
create index sign_in_events_by_moment on sign_in_events (at, id);

create trigger sign_in_events_do_not_change before update on sign_in_events
begin select raise(abort, 'how somebody came in stays as it was'); end;

create trigger sign_in_events_stay before delete on sign_in_events
when not exists (select 1 from erasing where person = old.person)
begin select raise(abort, 'how somebody came in is kept'); end;

create trigger sign_in_events_that_go_are_counted after delete on sign_in_events
begin update open_removal set taken = taken + 1; end;

create trigger sign_in_events_come_when_nothing_goes before insert on sign_in_events when exists (select 1 from open_removal)
begin select raise(abort, 'nothing is added while something is removed'); end;


-- Signing in elsewhere: by OpenID Connect
--
-- `domain` is the school's own there: of Google the domain of its Workspace, of Microsoft the number of its tenant. An account
-- is known by who issued it and its subject, of Microsoft `tid.oid`, and never by an address once it was linked: so it stays
-- here when it has ended.

create table providers (
    kind text primary key check (kind in ('google', 'microsoft', 'other')),
    label text not null check (length(label) between 1 and 60),
    issuer text not null check (length(issuer) between 1 and 500),
    client_id text not null check (length(client_id) between 1 and 500),
    client_secret text not null,
    domain text not null default '' check (length(domain) <= 255),
    since text not null check (since like '____-__-__T__:__:__.______Z')
) strict;

create table provider_accounts (
    id integer primary key autoincrement,
    person integer not null references people (id),
    at text not null check (at like '____-__-__T__:__:__.______Z'),
    issuer text not null check (issuer <> ''),
    subject text not null check (length(subject) between 1 and 500),
    address text not null check (length(address) <= 254),
    how text not null check (how in ('address', 'invitation', 'let in')),
    ended_at text check (ended_at like '____-__-__T__:__:__.______Z')
) strict;

create unique index an_account_is_one_persons on provider_accounts (issuer, subject) where ended_at is null;
create unique index a_person_has_one_account on provider_accounts (person, issuer) where ended_at is null;
create index provider_accounts_by_subject on provider_accounts (issuer, subject);
create index provider_accounts_by_person on provider_accounts (person, id);

-- Whether somebody signs in elsewhere stands with them too: each list of people asks whether they can come in at all.

alter table people add column has_account integer not null default 0 check (has_account in (0, 1));

create trigger whoever_has_an_account_elsewhere_can_come_in after insert on provider_accounts
begin update people set has_account = new.ended_at is null or has_account where id = new.person; end;

create trigger whoever_has_none_elsewhere_can_not after update of ended_at on provider_accounts
begin
    update people set has_account = exists (select 1 from provider_accounts where person = new.person and ended_at is null)
    where id = new.person;
end;

create trigger whose_account_elsewhere_goes_can_not after delete on provider_accounts
begin
    update people set has_account = exists (select 1 from provider_accounts where person = old.person and ended_at is null)
    where id = old.person;
end;

create table provider_tokens (
    account integer primary key references provider_accounts (id),
    token text not null,
    looked_at text not null check (looked_at like '____-__-__T__:__:__.______Z'),
    failing_since text check (failing_since like '____-__-__T__:__:__.______Z')
) strict;

create table waiting_accounts (
    id integer primary key autoincrement,
    at text not null check (at like '____-__-__T__:__:__.______Z'),
    issuer text not null,
    subject text not null check (length(subject) between 1 and 500),
    address text not null check (length(address) between 1 and 254),
    name text not null check (length(name) <= 200),
    device text not null default '' check (length(device) <= 200),
    refused_at text check (refused_at like '____-__-__T__:__:__.______Z'),
    unique (issuer, subject)
) strict;


-- What can be used once: where a sign-in elsewhere began, the challenge of a passkey, the code of an app. And what somebody had
-- sent when they had to say first who they are, by the SHA-256 of their session's token.

create table used_once (
    sha256 text primary key check (length(sha256) = 64),
    at text not null check (at like '____-__-__T__:__:__.______Z')
) strict, without rowid;

create table kept_forms (
    token_sha256 text primary key check (length(token_sha256) = 64),
    person integer not null references people (id),
    at text not null check (at like '____-__-__T__:__:__.______Z'),
    packed text not null
) strict;


-- The second step
--
-- A passkey whose count of uses went back has a copy. It is stopped: it opens nothing, and is asked for as before, or whoever has
-- the copy and the password would have a second step the less to give.

create table passkeys (
    id integer primary key autoincrement,
    person integer not null references people (id),
    at text not null check (at like '____-__-__T__:__:__.______Z'),
    name text not null check (length(name) between 1 and 60),
    credential text not null unique check (length(credential) between 1 and 1400),
    public_key text not null check (public_key <> ''),
    count integer not null check (count >= 0),
    used_at text check (used_at like '____-__-__T__:__:__.______Z'),
    stopped_at text check (stopped_at like '____-__-__T__:__:__.______Z')
) strict;

create index passkeys_by_person on passkeys (person, id);

create table code_apps (
    person integer primary key references people (id),
    at text not null check (at like '____-__-__T__:__:__.______Z'),
    secret text not null,
    last_step integer not null default 0
) strict;

create table recovery_codes (
    code_sha256 text primary key check (length(code_sha256) = 64),
    person integer not null references people (id),
    at text not null check (at like '____-__-__T__:__:__.______Z')
) strict, without rowid;

create index recovery_codes_by_person on recovery_codes (person);

create table factor_resets (
    person integer primary key references people (id),
    at text not null check (at like '____-__-__T__:__:__.______Z'),
    asked_by integer not null references people (id) check (asked_by <> person),
    why text not null check (length(why) between 1 and 300)
) strict;

-- A second lead agrees: neither the one who asked nor whose it is.
create trigger a_second_lead_agrees before insert on sign_in_events when new.what in ('reset agreed', 'reset refused')
begin
    select raise(abort, 'a second lead answers whether a second step is reset')
    where not exists (select 1 from factor_resets r join people p on p.id = new.by
        where r.person = new.person and new.by not in (r.person, r.asked_by) and p.active and p.role = 'lead');
end;


-- Sessions
--
-- `due` is what has to be done before anything else: give the second step, or set one up. `confirmed_at`: when it was last
-- proved who it is. A browser that was not known gets a letter, with a link by which its owner says that it was not they.

alter table sessions add column way text not null default 'password'
    check (way in ('password', 'link', 'google', 'microsoft', 'other', 'passkey'));
alter table sessions add column provider_account integer references provider_accounts (id);
alter table sessions add column due text check (due in ('factor', 'set up'));
alter table sessions add column confirmed_at text check (confirmed_at like '____-__-__T__:__:__.______Z');

create table new_devices (
    id integer primary key autoincrement,
    person integer not null references people (id),
    at text not null check (at like '____-__-__T__:__:__.______Z'),
    device text not null check (length(device) <= 200),
    way text not null check (way in ('password', 'link', 'google', 'microsoft', 'other', 'passkey')),
    token_sha256 text not null unique check (length(token_sha256) = 64)
) strict;
