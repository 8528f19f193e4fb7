-- The second schema: the policy's text and who acknowledged it, the register of approved accounts, and what a
-- school says of its courses.
--
-- Rules as in the first: what happened can be added to and never changed or taken away. Only drafts can.


-- The policy's text, its draft, and who acknowledged it

alter table policy_versions add column sha256 text check (length(sha256) = 64);
alter table policy_versions add column text text check ((text is null) = (sha256 is null) and text <> '');
alter table policy_versions add column material integer not null default 1 check (material in (0, 1));
alter table policy_versions add column note text not null default '' check (length(note) <= 500);
alter table policy_choices add column words text not null default '' check (length(words) <= 2000);

create table policy_draft_choices (
    facet text not null primary key check (facet <> ''),
    stance text not null check (stance <> ''),
    words text not null default '' check (length(words) <= 2000),
    saved_by integer not null references people (id),
    saved_at text not null check (saved_at like '____-__-__T__:__:__.______Z')
) strict, without rowid;

create table policy_draft_text (
    id integer primary key check (id = 1),
    own_only integer not null check (own_only in (0, 1)),
    words text not null,
    ties text not null check (json_valid(ties) and json_type(ties) = 'object'),
    saved_by integer not null references people (id),
    saved_at text not null check (saved_at like '____-__-__T__:__:__.______Z')
) strict;

create table acknowledgements (
    id integer primary key autoincrement,
    person integer not null references people (id),
    version integer not null references policy_versions (version),
    sha256 text not null check (length(sha256) = 64),
    typed_name text not null check (length(typed_name) between 1 and 200),
    at text not null check (at like '____-__-__T__:__:__.______Z'),
    recorded_by integer references people (id) check (recorded_by <> person),
    signed_on text check (signed_on = date(signed_on)) check ((signed_on is null) = (recorded_by is null)),
    unique (person, version)
) strict;

create index acknowledgements_by_version on acknowledgements (version, person);

create trigger acknowledged_words_are_the_versions before insert on acknowledgements
when new.sha256 is not (select sha256 from policy_versions where version = new.version)
begin select raise(abort, 'an acknowledgement is of the words of its version'); end;

create trigger acknowledgements_do_not_change before update on acknowledgements
begin select raise(abort, 'acknowledgements do not change'); end;

create trigger acknowledgements_stay before delete on acknowledgements
begin select raise(abort, 'acknowledgements are kept'); end;


-- What is asked again after the policy changed

create table asked_again (
    id integer primary key autoincrement,
    person integer not null references people (id),
    course text not null check (course <> ''),
    lesson text not null check (lesson <> ''),
    scenarios text not null check (json_type(scenarios) = 'array' and json_array_length(scenarios) > 0),
    policy_version integer not null references policy_versions (version),
    asked_by integer not null references people (id),
    at text not null check (at like '____-__-__T__:__:__.______Z'),
    unique (person, course, lesson, policy_version)
) strict;

create trigger asked_again_does_not_change before update on asked_again
begin select raise(abort, 'what was asked again does not change'); end;

create trigger asked_again_stays before delete on asked_again
begin select raise(abort, 'what was asked again is kept'); end;

alter table attempts add column asked_again integer references asked_again (id);

create index attempts_asked_again on attempts (asked_again) where asked_again is not null;

create trigger attempts_began_for_what_they_began before update of asked_again on attempts
begin select raise(abort, 'how an attempt began does not change'); end;


-- The register of approved accounts

create table accounts (
    id integer primary key autoincrement,
    created_at text not null check (created_at like '____-__-__T__:__:__.______Z')
) strict;

create table assessments (
    id integer primary key autoincrement,
    account integer not null references accounts (id),
    platform text not null check (length(platform) between 1 and 200),
    handle text not null check (length(handle) between 1 and 200),
    youngest integer not null check (youngest between 0 and 120),
    minimum_age integer not null check (minimum_age between 0 and 120),
    first_responsible integer not null references people (id),
    second_responsible integer not null references people (id) check (second_responsible <> first_responsible),
    review_on text not null check (review_on = date(review_on)),
    answers text not null check (json_valid(answers) and json_type(answers) = 'object'),
    written_by integer not null references people (id),
    at text not null check (at like '____-__-__T__:__:__.______Z')
) strict;

create index assessments_by_account on assessments (account, id);

create table assessment_signatures (
    assessment integer primary key references assessments (id),
    signed_by integer not null references people (id),
    typed_name text not null check (length(typed_name) between 1 and 200),
    at text not null check (at like '____-__-__T__:__:__.______Z')
) strict;

create table accounts_switched_off (
    id integer primary key autoincrement,
    account integer not null references accounts (id),
    off integer not null check (off in (0, 1)),
    why text not null check (length(why) <= 500),
    by integer not null references people (id),
    at text not null check (at like '____-__-__T__:__:__.______Z')
) strict;

create index accounts_switched_off_by_account on accounts_switched_off (account, id);

create trigger a_second_person_signs before insert on assessment_signatures
when new.signed_by = (select written_by from assessments where id = new.assessment)
begin select raise(abort, 'an assessment is signed off by a second person'); end;

create trigger assessments_do_not_change before update on assessments
begin select raise(abort, 'assessments do not change'); end;

create trigger assessments_stay before delete on assessments
begin select raise(abort, 'assessments are kept'); end;

create trigger assessment_signatures_do_not_change before update on assessment_signatures
begin select raise(abort, 'signatures do not change'); end;

create trigger assessment_signatures_stay before delete on assessment_signatures
begin select raise(abort, 'signatures are kept'); end;

create trigger accounts_switched_off_do_not_change before update on accounts_switched_off
begin select raise(abort, 'what was switched off stays on record'); end;

create trigger accounts_switched_off_stay before delete on accounts_switched_off
begin select raise(abort, 'what was switched off stays on record'); end;


-- Courses: for named people, approved, confidence before and after, notes on scenarios

alter table people add column course text check (course <> '');

create table approvals (
    id integer primary key autoincrement,
    course text not null check (course <> ''),
    sha256 text not null check (length(sha256) = 64),
    typed_name text not null check (length(typed_name) between 1 and 200),
    approved_by integer not null references people (id),
    at text not null check (at like '____-__-__T__:__:__.______Z'),
    unique (course, sha256, approved_by)
) strict;

create trigger approvals_do_not_change before update on approvals
begin select raise(abort, 'approvals do not change'); end;

create trigger approvals_stay before delete on approvals
begin select raise(abort, 'approvals are kept'); end;

create table confidence (
    id integer primary key autoincrement,
    person integer not null references people (id),
    course text not null check (course <> ''),
    stage text not null check (stage in ('before', 'after')),
    answers text not null check (json_valid(answers) and json_type(answers) = 'object'),
    at text not null check (at like '____-__-__T__:__:__.______Z'),
    unique (person, course, stage)
) strict;

create trigger confidence_does_not_change before update on confidence
begin select raise(abort, 'answers on confidence do not change'); end;

create table confidence_shared (
    person integer not null references people (id),
    course text not null check (course <> ''),
    at text not null check (at like '____-__-__T__:__:__.______Z'),
    primary key (person, course)
) strict, without rowid;

create table notes (
    id integer primary key autoincrement,
    key text not null unique check (length(key) between 16 and 100),
    person integer not null references people (id),
    attempt integer not null references attempts (id),
    step integer not null check (step > 0),
    scenario text not null check (scenario <> ''),
    words text not null check (length(words) between 1 and 2000),
    at text not null check (at like '____-__-__T__:__:__.______Z')
) strict;

create index notes_by_person on notes (person, id);

create table note_answers (
    note integer primary key references notes (id),
    words text not null check (length(words) between 1 and 2000),
    answered_by integer not null references people (id),
    at text not null check (at like '____-__-__T__:__:__.______Z')
) strict;

create trigger notes_do_not_change before update on notes
begin select raise(abort, 'notes do not change'); end;

create trigger notes_stay before delete on notes
begin select raise(abort, 'notes are kept'); end;

create trigger note_answers_do_not_change before update on note_answers
begin select raise(abort, 'answers to notes do not change'); end;

create trigger note_answers_stay before delete on note_answers
begin select raise(abort, 'answers to notes are kept'); end;
