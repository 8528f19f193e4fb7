CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);

CREATE TRIGGER a_correction_is_of_whose_entry_it_is before insert on corrections
when new.person is not coalesce(
    (select person from completions where id = new.completion), (select person from acknowledgements where id = new.acknowledgement),
    (select c.person from sign_offs s join completions c on c.id = s.completion where s.id = new.sign_off))
begin select raise(abort, 'a correction is of an entry of that person'); end;

CREATE TRIGGER a_correction_turns_an_entry_round before insert on corrections
when new.counts is ifnull((select counts from corrections where counts is not null
    and (completion, acknowledgement, sign_off) is (new.completion, new.acknowledgement, new.sign_off) order by id desc limit 1), 1)
begin select raise(abort, 'the entry stands so already'); end;

CREATE TRIGGER a_deputy_is_a_mentor before insert on deputies when new.deputy is not null
    and not exists (select 1 from people where id = new.deputy and active = 1 and role <> 'teacher')
begin select raise(abort, 'a deputy is here and is a mentor'); end;

CREATE TRIGGER a_link_made_anew_is_a_way_in after update of token_sha256, person, kind on links when new.person is not null begin
insert into ways_in (person, at, "by", what) values (new.person, new.made_at, new.made_by, new.kind);
end;

CREATE TRIGGER a_link_made_is_a_way_in after insert on links when new.person is not null begin
insert into ways_in (person, at, "by", what) values (new.person, new.made_at, new.made_by, new.kind);
end;

CREATE TRIGGER a_password_comes_with_its_entry before update of password_hash, password_entry on people
when (new.password_hash, new.password_entry) is not (old.password_hash, old.password_entry) and not exists (
    select 1 from ways_in where id = new.password_entry and id > ifnull(old.password_entry, 0) and person = new.id
    and what in ('chosen', 'changed', 'set', 'cleared'))
and not (new.password_hash is null and new.password_entry is null and exists (select 1 from erasing where person = old.id))
begin select raise(abort, 'a password comes with an entry of how it came'); end;

CREATE UNIQUE INDEX a_person_has_one_account on provider_accounts (person, issuer) where ended_at is null;

CREATE TRIGGER a_removal_counts_on before update on open_removal
when (new.id, new.removal, new.taken, new.closed) is not (old.id, old.removal, old.taken + 1, old.closed)
begin select raise(abort, 'a removal counts each row'); end;

CREATE TRIGGER a_removal_is_agreed_to before insert on removals
when new.kind <> 'erased' and substr(new.until_at, 1, 10) is not min(substr(new.until_at, 1, 10), (select date(new.at, '-' || months || ' months',
    '+1 day') from retention_periods where kind = new.kind and at < new.at order by id desc limit 1))
begin select raise(abort, 'nothing goes before its time, which a lead has agreed to'); end;

CREATE TRIGGER a_removal_opens_once before insert on open_removal
when new.taken <> 0 or exists (select 1 from removals where id >= new.removal)
begin select raise(abort, 'a removal opens once'); end;

CREATE TRIGGER a_removal_opens_what_it_takes before insert on removals begin
select raise(abort, 'removals are counted on') where new.id is not (select ifnull(max(id), 0) + 1 from removals);
select raise(abort, 'one removal after the other') where exists (select 1 from open_removal);
insert into open_removal (removal) values (new.id);
end;

CREATE TRIGGER a_removal_takes_what_it_says before delete on open_removal
when old.taken is not (select count from removals where id = old.removal)
    or exists (select 1 from removals r join people p on p.id = r.person and p.erased_at is null
        where r.id = old.removal and r.kind in ('left', 'erased'))
begin select raise(abort, 'a removal takes what it says'); end;

CREATE TRIGGER a_second_lead_agrees before insert on sign_in_events when new.what in ('reset agreed', 'reset refused')
begin
    select raise(abort, 'a second lead answers whether a second step is reset')
    where not exists (select 1 from factor_resets r join people p on p.id = new.by
        where r.person = new.person and new.by not in (r.person, r.asked_by) and p.active and p.role = 'lead');
end;

CREATE TRIGGER a_second_person_signs before insert on assessment_signatures
when new.signed_by = (select written_by from assessments where id = new.assessment)
begin select raise(abort, 'an assessment is signed off by a second person'); end;

CREATE TABLE accounts (
    id integer primary key autoincrement,
    created_at text not null check (created_at like '____-__-__T__:__:__.______Z')
) strict;

CREATE TRIGGER accounts_do_not_change before update on accounts
begin select raise(abort, 'accounts stay on record'); end;

CREATE TRIGGER accounts_stay before delete on accounts
begin select raise(abort, 'accounts stay on record'); end;

CREATE TABLE accounts_switched_off (
    id integer primary key autoincrement,
    account integer not null references accounts (id),
    off integer not null check (off in (0, 1)),
    why text not null check (length(why) <= 500),
    by integer not null references people (id),
    at text not null check (at like '____-__-__T__:__:__.______Z')
) strict;

CREATE INDEX accounts_switched_off_by_account on accounts_switched_off (account, id);

CREATE TRIGGER accounts_switched_off_do_not_change before update on accounts_switched_off
begin select raise(abort, 'what was switched off stays on record'); end;

CREATE TRIGGER accounts_switched_off_stay before delete on accounts_switched_off
begin select raise(abort, 'what was switched off stays on record'); end;

CREATE TRIGGER acknowledged_words_are_the_versions before insert on acknowledgements
when new.sha256 is not (select sha256 from policy_versions where version = new.version)
begin select raise(abort, 'an acknowledgement is of the words of its version'); end;

CREATE TABLE acknowledgements (
    id integer primary key autoincrement,
    person integer not null references people (id),
    version integer not null references policy_versions (version),
    sha256 text not null check (length(sha256) = 64),
    typed_name text not null check (length(typed_name) between 1 and 200),
    at text not null check (at like '____-__-__T__:__:__.______Z'),
    recorded_by integer references people (id) check (recorded_by <> person),
    signed_on text check (signed_on = date(signed_on)) check ((signed_on is null) = (recorded_by is null)),
    after integer references corrections (id) deferrable initially deferred
) strict;

CREATE TRIGGER acknowledgements_are_evidence after insert on acknowledgements begin
insert into evidence_due (kind, row) values ('acknowledgement', new.id);
end;

CREATE UNIQUE INDEX acknowledgements_are_given_once on acknowledgements (person, version, ifnull(after, 0));

CREATE INDEX acknowledgements_by_version on acknowledgements (version, person);

CREATE TRIGGER acknowledgements_come_when_nothing_goes before insert on acknowledgements when exists (select 1 from open_removal)
begin select raise(abort, 'nothing is added while something is removed'); end;

CREATE TRIGGER acknowledgements_do_not_change before update on acknowledgements
begin select raise(abort, 'acknowledgements do not change'); end;

CREATE INDEX acknowledgements_recorded_by_moment on acknowledgements (at) where recorded_by is not null;

CREATE TRIGGER acknowledgements_stay before delete on acknowledgements
when not exists (select 1 from erasing where person = old.person)
begin select raise(abort, 'acknowledgements are kept'); end;

CREATE VIEW acknowledgements_that_count as select * from acknowledgements where id not in (select k.acknowledgement from corrections k
    where k.acknowledgement is not null and k.counts = 0 and not exists (select 1 from corrections l
        where l.acknowledgement = k.acknowledgement and l.counts is not null and l.id > k.id));

CREATE TRIGGER acknowledgements_that_go_are_counted after delete on acknowledgements
begin update open_removal set taken = taken + 1; end;

CREATE TABLE acts (
    id integer primary key autoincrement,
    at text not null check (at like '____-__-__T__:__:__.______Z'),
    by integer references people (id),
    what text not null check (length(what) between 1 and 40),
    person integer references people (id),
    about text not null check (length(about) <= 500),
    was text not null check (json_valid(was) and json_type(was) = 'object' and length(was) <= 50000),
    became text not null check (json_valid(became) and json_type(became) = 'object' and length(became) <= 50000)
) strict;

CREATE TRIGGER acts_are_evidence after insert on acts begin
insert into evidence_due (kind, row) values ('act', new.id);
end;

CREATE INDEX acts_by_moment on acts (at);

CREATE TRIGGER acts_do_not_change before update on acts
when (new.id, new.at, new."by", new.what, new.person) is not (old.id, old.at, old."by", old.what, old.person)
    or not exists (select 1 from erasing e join people_history h on h.person = e.person,
        (select lower(old.about || ' ' || old.was || ' ' || old.became) as whole) l
        where instr(l.whole, lower(h.name)) or instr(l.whole, lower(trim(json_quote(h.name), '"'))) or instr(l.whole, lower(h.email)))
begin select raise(abort, 'what was done does not change'); end;

CREATE TRIGGER acts_stay_seven_years before delete on acts
when old.at >= strftime('%Y-%m-%dT%H:%M:%f', (select max(at) from acts), '-7 years')
begin select raise(abort, 'what was done is kept for seven years'); end;

CREATE TRIGGER acts_that_change_are_counted after update on acts
begin update open_removal set taken = taken + 1; end;

CREATE TABLE addresses_refused (
    email text primary key check (length(email) between 3 and 254),
    at text not null check (at like '____-__-__T__:__:__.______Z'),
    said text not null
) strict, without rowid;

CREATE UNIQUE INDEX an_account_is_one_persons on provider_accounts (issuer, subject) where ended_at is null;

CREATE TRIGGER an_entry_is_the_next_of_what_happened before insert on evidence
when new.n is not (select ifnull(max(n), 0) + 1 from evidence)
    or not exists (select 1 from evidence_due where (kind, row) = (new.kind, new.row))
begin select raise(abort, 'an entry is the next, of what happened'); end;

CREATE TRIGGER an_entry_makes_people_so after insert on people_history when new.what in ('changed', 'put right') begin
update people set email = new.email, name = new.name, role = new.role, mentor = new.mentor, due = new.due, course = new.course,
    active = new.active, starts = new.starts, ends = new.ends where id = new.person;
end;

CREATE TABLE answers (
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

CREATE TRIGGER answers_come_when_nothing_goes before insert on answers when exists (select 1 from open_removal)
begin select raise(abort, 'nothing is added while something is removed'); end;

CREATE TRIGGER answers_do_not_change before update on answers
begin select raise(abort, 'answers do not change'); end;

CREATE TRIGGER answers_end_with_the_attempt before insert on answers
when (select finished_at from attempts where id = new.attempt) is not null
    and not exists (select 1 from answers where attempt = new.attempt and step = new.step)
begin select raise(abort, 'a finished attempt takes no answers'); end;

CREATE TRIGGER answers_stay before delete on answers
when not exists (select 1 from erasing where person = (select person from attempts where id = old.attempt))
    and not exists (select 1 from removing r join tries_over t on (t.attempt, t.person) = (old.attempt, r.person)
        where r.kind = 'answers' and t.since < r.until_at)
begin select raise(abort, 'answers are kept'); end;

CREATE TRIGGER answers_that_go_are_counted after delete on answers
begin update open_removal set taken = taken + 1; end;

CREATE INDEX answers_to_first_scenes on answers (id, attempt, scenario, rating) where scene = scenario;

CREATE TABLE approvals (
    id integer primary key autoincrement,
    course text not null check (course <> ''),
    sha256 text not null check (length(sha256) = 64),
    typed_name text not null check (length(typed_name) between 1 and 200),
    approved_by integer not null references people (id),
    at text not null check (at like '____-__-__T__:__:__.______Z'),
    unique (course, sha256, approved_by)
) strict;

CREATE TRIGGER approvals_are_evidence after insert on approvals begin
insert into evidence_due (kind, row) values ('approval', new.id);
end;

CREATE TRIGGER approvals_come_when_nothing_goes before insert on approvals when exists (select 1 from open_removal)
begin select raise(abort, 'nothing is added while something is removed'); end;

CREATE TRIGGER approvals_do_not_change before update on approvals
when (new.id, new.course, new.sha256, new.approved_by, new.at) is not (old.id, old.course, old.sha256, old.approved_by, old.at)
    or new.typed_name is not 'Erased person ' || old.approved_by or not exists (select 1 from erasing where person = old.approved_by)
begin select raise(abort, 'approvals do not change'); end;

CREATE TRIGGER approvals_stay before delete on approvals
begin select raise(abort, 'approvals are kept'); end;

CREATE TRIGGER approvals_that_change_are_counted after update on approvals
begin update open_removal set taken = taken + 1; end;

CREATE TABLE asked_again (
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

CREATE INDEX asked_again_by_moment on asked_again (at);

CREATE TRIGGER asked_again_come_when_nothing_goes before insert on asked_again when exists (select 1 from open_removal)
begin select raise(abort, 'nothing is added while something is removed'); end;

CREATE TRIGGER asked_again_does_not_change before update on asked_again
begin select raise(abort, 'what was asked again does not change'); end;

CREATE TRIGGER asked_again_stays before delete on asked_again
when not exists (select 1 from erasing where person = old.person)
begin select raise(abort, 'what was asked again is kept'); end;

CREATE TRIGGER asked_again_that_go_are_counted after delete on asked_again
begin update open_removal set taken = taken + 1; end;

CREATE TABLE assessment_signatures (
    assessment integer primary key references assessments (id),
    signed_by integer not null references people (id),
    typed_name text not null check (length(typed_name) between 1 and 200),
    at text not null check (at like '____-__-__T__:__:__.______Z')
) strict;

CREATE TRIGGER assessment_signatures_come_when_nothing_goes before insert on assessment_signatures when exists (select 1 from open_removal)
begin select raise(abort, 'nothing is added while something is removed'); end;

CREATE TRIGGER assessment_signatures_do_not_change before update on assessment_signatures
when (new.assessment, new.signed_by, new.at) is not (old.assessment, old.signed_by, old.at)
    or new.typed_name is not 'Erased person ' || old.signed_by or not exists (select 1 from erasing where person = old.signed_by)
begin select raise(abort, 'signatures do not change'); end;

CREATE TRIGGER assessment_signatures_stay before delete on assessment_signatures
begin select raise(abort, 'signatures are kept'); end;

CREATE TRIGGER assessment_signatures_that_change_are_counted after update on assessment_signatures
begin update open_removal set taken = taken + 1; end;

CREATE TABLE assessments (
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

CREATE INDEX assessments_by_account on assessments (account, id);

CREATE TRIGGER assessments_do_not_change before update on assessments
begin select raise(abort, 'assessments do not change'); end;

CREATE TRIGGER assessments_stay before delete on assessments
begin select raise(abort, 'assessments are kept'); end;

CREATE TABLE attempt_shares (
    id integer primary key autoincrement,
    attempt integer not null references attempts (id),
    reader integer references people (id),
    at text not null check (at like '____-__-__T__:__:__.______Z')
) strict;

CREATE INDEX attempt_shares_by_attempt on attempt_shares (attempt, id);

CREATE TRIGGER attempt_shares_come_when_nothing_goes before insert on attempt_shares when exists (select 1 from open_removal)
begin select raise(abort, 'nothing is added while something is removed'); end;

CREATE TRIGGER attempt_shares_do_not_change before update on attempt_shares
begin select raise(abort, 'what was shared does not change'); end;

CREATE TRIGGER attempt_shares_stay before delete on attempt_shares
when not exists (select 1 from erasing where person = (select person from attempts where id = old.attempt))
begin select raise(abort, 'what was shared is kept'); end;

CREATE TRIGGER attempt_shares_that_go_are_counted after delete on attempt_shares
begin update open_removal set taken = taken + 1; end;

CREATE TABLE attempts (
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
    shared_at text check (shared_at like '____-__-__T__:__:__.______Z'), asked_again integer references asked_again (id), lesson_opened text
    check (lesson_opened = 'no' or lesson_opened like '____-__-__T__:__:__.______Z'),
    check ((finished_at is null) = (mark is null)),
    check ((finished_at is null) = (percent is null)),
    check ((finished_at is null) = (breaches is null)),
    check ((finished_at is null) = (passed is null)),
    check (passed is null or passed = 0 or breaches = 0),
    check (shared_at is null or finished_at is not null)
) strict;

CREATE TRIGGER attempts_ask_as_many_as_they_drew before update of drawn on attempts
when (select count(distinct value) from json_each(new.drawn)) <> json_array_length(old.drawn)
    or json_array_length(new.drawn) <> json_array_length(old.drawn)
begin select raise(abort, 'an attempt asks as many scenarios as it drew'); end;

CREATE INDEX attempts_asked_again on attempts (asked_again) where asked_again is not null;

CREATE TRIGGER attempts_began_after_what_was_opened before update of lesson_opened on attempts
begin select raise(abort, 'how an attempt began does not change'); end;

CREATE TRIGGER attempts_began_as_they_began before update of
    id, person, course, lesson, quiz_version, lesson_version, policy_version, pass_mark, started_at on attempts
begin select raise(abort, 'how an attempt began does not change'); end;

CREATE TRIGGER attempts_began_for_what_they_began before update of asked_again on attempts
begin select raise(abort, 'how an attempt began does not change'); end;

CREATE INDEX attempts_by_person on attempts (person, course, lesson, id);

CREATE TRIGGER attempts_come_when_nothing_goes before insert on attempts when exists (select 1 from open_removal)
begin select raise(abort, 'nothing is added while something is removed'); end;

CREATE TRIGGER attempts_finished_stay before update of
    drawn, finished_at, mark, percent, breaches, passed on attempts when old.finished_at is not null
begin select raise(abort, 'a finished attempt does not change'); end;

CREATE TRIGGER attempts_keep_what_was_answered before update of drawn on attempts
when exists (select 1 from answers where attempt = old.id and scenario not in (select value from json_each(new.drawn)))
begin select raise(abort, 'what was answered is part of its attempt'); end;

CREATE TRIGGER attempts_stay before delete on attempts
when not exists (select 1 from erasing where person = old.person)
begin select raise(abort, 'attempts are kept'); end;

CREATE TRIGGER attempts_that_end_are_evidence after update of finished_at on attempts
when old.finished_at is null and new.finished_at is not null begin
insert into evidence_due (kind, row) values ('attempt', new.id);
insert into evidence_due (kind, row) select 'answers', new.id where exists (select 1 from answers where attempt = new.id);
end;

CREATE TRIGGER attempts_that_go_are_counted after delete on attempts
begin update open_removal set taken = taken + 1; end;

CREATE TRIGGER attempts_were_shared_without_a_name before update of shared_at on attempts
begin select raise(abort, 'a share names its reader'); end;

CREATE TABLE backup_copies (
    id integer primary key autoincrement,
    at text not null check (at like '____-__-__T__:__:__.______Z'),
    folder text not null check (length(folder) <= 4096),
    file text not null check (length(file) <= 100),
    words text not null
) strict;

CREATE TRIGGER backup_copies_do_not_change before update on backup_copies
begin select raise(abort, 'what became of a copy does not change'); end;

CREATE TRIGGER backup_copies_stay before delete on backup_copies
begin select raise(abort, 'what became of a copy is kept'); end;

CREATE TABLE backup_runs (
    id integer primary key autoincrement,
    at text not null check (at like '____-__-__T__:__:__.______Z'),
    file text not null check (length(file) <= 100),
    bytes integer not null check (bytes >= 0),
    sha256 text not null check (file = '' or length(sha256) = 64),
    words text not null check ((words = '') = (file <> ''))
) strict;

CREATE TRIGGER backup_runs_do_not_change before update on backup_runs
begin select raise(abort, 'what became of a backup does not change'); end;

CREATE TRIGGER backup_runs_stay before delete on backup_runs
begin select raise(abort, 'what became of a backup is kept'); end;

CREATE TABLE backups_elsewhere (
    id integer primary key autoincrement,
    elsewhere integer not null check (elsewhere in (0, 1)),
    said_by integer not null references people (id),
    at text not null check (at like '____-__-__T__:__:__.______Z')
) strict;

CREATE TRIGGER backups_elsewhere_do_not_change before update on backups_elsewhere
begin select raise(abort, 'what was said of the backups does not change'); end;

CREATE TRIGGER backups_elsewhere_stay before delete on backups_elsewhere
begin select raise(abort, 'what was said of the backups is kept'); end;

CREATE TABLE badges_read (
    id integer primary key autoincrement,
    entry integer not null unique references done_elsewhere (id),
    badge text not null check (length(badge) between 1 and 300),
    issuer text not null check (length(issuer) between 1 and 300),
    public_key text not null check (public_key glob 'z6Mk*' and length(public_key) between 40 and 60),
    whose text not null check (whose in ('email', 'lead'))
) strict;

CREATE TRIGGER badges_read_are_evidence after insert on badges_read begin
insert into evidence_due (kind, row) values ('badge', new.id);
end;

CREATE INDEX badges_read_by_issuer on badges_read (issuer, id);

CREATE TRIGGER badges_read_come_when_nothing_goes before insert on badges_read when exists (select 1 from open_removal)
begin select raise(abort, 'nothing is added while something is removed'); end;

CREATE TRIGGER badges_read_do_not_change before update on badges_read
begin select raise(abort, 'a badge that was read stays as it was read'); end;

CREATE TRIGGER badges_read_stay before delete on badges_read
when not exists (select 1 from erasing where person = (select person from done_elsewhere where id = old.entry))
begin select raise(abort, 'that a badge was read is kept'); end;

CREATE TRIGGER badges_read_that_go_are_counted after delete on badges_read
begin update open_removal set taken = taken + 1; end;

CREATE TABLE calendar_addresses (
    id integer primary key autoincrement,
    person integer not null references people (id),
    whose text not null check (whose in ('own', 'teachers')),
    nonce text not null check (length(nonce) >= 32),
    token_sha256 text not null unique check (length(token_sha256) = 64),
    made_at text not null check (made_at like '____-__-__T__:__:__.______Z'),
    unique (person, whose)
) strict;

CREATE TABLE certificate_seen (
    id integer primary key check (id = 1),
    host text not null check (host <> ''),
    seen_at text not null check (seen_at like '____-__-__T__:__:__.______Z'),
    ends_at text check (ends_at like '____-__-__T__:__:__.______Z'),
    refused text not null default '',
    trouble text not null default '',
    check ((ends_at is null) = (refused <> '' or trouble <> ''))
) strict;

CREATE TABLE certificates (
    id integer primary key autoincrement,
    completion integer not null unique references completions (id),
    code text not null unique check (length(code) = 14 and code not glob '*[^0-9A-HJKMNP-TV-Z]*')
) strict;

CREATE TRIGGER certificates_are_evidence after insert on certificates begin
insert into evidence_due (kind, row, before) values ('certificate', new.id,
    exists (select 1 from evidence_due where (kind, row, before) = ('completion', new.completion, 1))
    or exists (select 1 from evidence where (kind, row) = ('completion', new.completion)));
end;

CREATE TRIGGER certificates_are_of_whole_courses before insert on certificates
when not exists (select 1 from completions where id = new.completion and lesson = '')
begin select raise(abort, 'a certificate is of a whole course'); end;

CREATE TRIGGER certificates_come_when_nothing_goes before insert on certificates when exists (select 1 from open_removal)
begin select raise(abort, 'nothing is added while something is removed'); end;

CREATE TRIGGER certificates_do_not_change before update on certificates
begin select raise(abort, 'certificates do not change'); end;

CREATE TRIGGER certificates_stay before delete on certificates
when not exists (select 1 from erasing where person = (select person from completions where id = old.completion))
begin select raise(abort, 'certificates are kept'); end;

CREATE TRIGGER certificates_that_go_are_counted after delete on certificates
begin update open_removal set taken = taken + 1; end;

CREATE TABLE chores (
    name text primary key check (name <> ''),
    claimed_until text check (claimed_until like '____-__-__T__:__:__.______Z'),
    claim text,
    begun_at text check (begun_at like '____-__-__T__:__:__.______Z'),
    done_at text check (done_at like '____-__-__T__:__:__.______Z'),
    trouble text not null default '',
    check ((claim is null) = (claimed_until is null))
) strict, without rowid;

CREATE TABLE code_apps (
    person integer primary key references people (id),
    at text not null check (at like '____-__-__T__:__:__.______Z'),
    secret text not null,
    last_step integer not null default 0
) strict;

CREATE TABLE completions (
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
    lesson_opened text check (lesson_opened = 'no' or lesson_opened like '____-__-__T__:__:__.______Z')
        check (lesson_opened is null or lesson <> ''),
    round text not null default '' check (round = '' or round is date(round)),
    after integer references corrections (id) deferrable initially deferred
) strict;

CREATE TRIGGER completions_are_evidence after insert on completions begin
insert into evidence_due (kind, row) values ('completion', new.id);
end;

CREATE UNIQUE INDEX completions_are_made_once on completions (person, course, lesson, version, round, ifnull(after, 0));

CREATE INDEX completions_by_lesson on completions (course, lesson, person);

CREATE TRIGGER completions_come_when_nothing_goes before insert on completions when exists (select 1 from open_removal)
begin select raise(abort, 'nothing is added while something is removed'); end;

CREATE TRIGGER completions_do_not_change before update on completions
begin select raise(abort, 'completions do not change'); end;

CREATE TRIGGER completions_stay before delete on completions
when not exists (select 1 from erasing where person = old.person and old.lesson <> '')
begin select raise(abort, 'completions are kept'); end;

CREATE VIEW completions_that_count as select * from completions where id not in (select k.completion from corrections k
    where k.completion is not null and k.counts = 0 and not exists (select 1 from corrections l
        where l.completion = k.completion and l.counts is not null and l.id > k.id));

CREATE TRIGGER completions_that_go_are_counted after delete on completions
begin update open_removal set taken = taken + 1; end;

CREATE TABLE confidence (
    id integer primary key autoincrement,
    person integer not null references people (id),
    course text not null check (course <> ''),
    stage text not null check (stage in ('before', 'after')),
    answers text not null check (json_valid(answers) and json_type(answers) = 'object'),
    at text not null check (at like '____-__-__T__:__:__.______Z'),
    unique (person, course, stage)
) strict;

CREATE TRIGGER confidence_come_when_nothing_goes before insert on confidence when exists (select 1 from open_removal)
begin select raise(abort, 'nothing is added while something is removed'); end;

CREATE TRIGGER confidence_does_not_change before update on confidence
when (new.id, new.person, new.course, new.stage, new.at) is not (old.id, old.person, old.course, old.stage, old.at)
    or new.answers is not '{}' or old.answers = '{}'
    or not exists (select 1 from removing where kind = 'confidence' and person = old.person and old.at < until_at)
begin select raise(abort, 'answers on confidence do not change'); end;

CREATE TABLE confidence_shares (
    id integer primary key autoincrement,
    person integer not null references people (id),
    course text not null check (course <> ''),
    reader integer references people (id) check (reader <> person),
    at text not null check (at like '____-__-__T__:__:__.______Z')
) strict;

CREATE INDEX confidence_shares_by_person on confidence_shares (person, course, id);

CREATE TRIGGER confidence_shares_come_when_nothing_goes before insert on confidence_shares when exists (select 1 from open_removal)
begin select raise(abort, 'nothing is added while something is removed'); end;

CREATE TRIGGER confidence_shares_do_not_change before update on confidence_shares
begin select raise(abort, 'what was shared does not change'); end;

CREATE TRIGGER confidence_shares_stay before delete on confidence_shares
when not exists (select 1 from erasing where person = old.person)
begin select raise(abort, 'what was shared is kept'); end;

CREATE TRIGGER confidence_shares_that_go_are_counted after delete on confidence_shares
begin update open_removal set taken = taken + 1; end;

CREATE TRIGGER confidence_stays before delete on confidence
when not exists (select 1 from erasing where person = old.person)
begin select raise(abort, 'answers on confidence are kept'); end;

CREATE TRIGGER confidence_that_change_are_counted after update on confidence
begin update open_removal set taken = taken + 1; end;

CREATE TRIGGER confidence_that_go_are_counted after delete on confidence
begin update open_removal set taken = taken + 1; end;

CREATE TABLE conversations (
    id integer primary key autoincrement,
    key text not null unique check (length(key) between 16 and 100),
    teacher integer not null references people (id),
    mentor integer not null references people (id) check (mentor <> teacher),
    held_on text not null check (held_on = date(held_on)),
    themes text not null check (json_type(themes) = 'array'),
    recorded_at text not null check (recorded_at like '____-__-__T__:__:__.______Z')
) strict;

CREATE INDEX conversations_by_teacher on conversations (teacher, held_on);

CREATE TRIGGER conversations_come_when_nothing_goes before insert on conversations when exists (select 1 from open_removal)
begin select raise(abort, 'nothing is added while something is removed'); end;

CREATE TRIGGER conversations_do_not_change before update on conversations
when (new.id, new.key, new.teacher, new.mentor, new.held_on, new.recorded_at) is not
        (old.id, old.key, old.teacher, old.mentor, old.held_on, old.recorded_at)
    or new.themes is not '[]' or old.themes = '[]'
    or not exists (select 1 from removing where kind = 'themes' and person = old.teacher and old.recorded_at < until_at)
begin select raise(abort, 'conversations do not change'); end;

CREATE TRIGGER conversations_stay before delete on conversations
when not exists (select 1 from erasing where person = old.teacher)
begin select raise(abort, 'conversations are kept'); end;

CREATE TRIGGER conversations_that_change_are_counted after update on conversations
begin update open_removal set taken = taken + 1; end;

CREATE TRIGGER conversations_that_go_are_counted after delete on conversations
begin update open_removal set taken = taken + 1; end;

CREATE TABLE corrections (
    id integer primary key autoincrement,
    person integer not null references people (id),
    completion integer references completions (id),
    acknowledgement integer references acknowledgements (id),
    sign_off integer references sign_offs (id),
    counts integer check (counts in (0, 1)),
    why text not null check (length(why) between 1 and 1000),
    rightly text not null check (length(rightly) <= 1000),
    follows integer references corrections (id) deferrable initially deferred,
    by integer not null references people (id) check ("by" <> person),
    at text not null check (at like '____-__-__T__:__:__.______Z'),
    check ((completion is not null) + (acknowledgement is not null) + (sign_off is not null) = 1),
    check (counts is not null or (rightly <> '' and follows is null))
) strict;

CREATE TRIGGER corrections_are_evidence after insert on corrections begin
insert into evidence_due (kind, row) values ('correction', new.id);
end;

CREATE INDEX corrections_by_acknowledgement on corrections (acknowledgement, id) where acknowledgement is not null;

CREATE INDEX corrections_by_completion on corrections (completion, id) where completion is not null;

CREATE INDEX corrections_by_moment on corrections (at);

CREATE INDEX corrections_by_person on corrections (person, id);

CREATE INDEX corrections_by_sign_off on corrections (sign_off, id) where sign_off is not null;

CREATE TRIGGER corrections_come_when_nothing_goes before insert on corrections when exists (select 1 from open_removal)
begin select raise(abort, 'nothing is added while something is removed'); end;

CREATE TRIGGER corrections_do_not_change before update on corrections
when (new.id, new.person, new.completion, new.acknowledgement, new.sign_off, new.counts, new."by", new.at) is not
        (old.id, old.person, old.completion, old.acknowledgement, old.sign_off, old.counts, old."by", old.at)
    or (new.why, new.rightly, new.follows) is not ('Erased person ' || old.person, iif(old.counts is null, '–', ''), null)
    or not exists (select 1 from erasing where person = old.person)
begin select raise(abort, 'corrections do not change'); end;

CREATE TRIGGER corrections_stay before delete on corrections
when not exists (select 1 from erasing where person = old.person)
    or exists (select 1 from completions where id = old.completion and lesson = '')
begin select raise(abort, 'corrections are kept'); end;

CREATE TRIGGER corrections_that_change_are_counted after update on corrections
begin update open_removal set taken = taken + 1; end;

CREATE TRIGGER corrections_that_go_are_counted after delete on corrections
begin update open_removal set taken = taken + 1; end;

CREATE TABLE course_cycles (
    id integer primary key autoincrement,
    course text not null check (course <> ''),
    every text check (every is strftime('%m-%d', '2024-' || every)),
    months integer check (months between 1 and 60) check (months is null or every is null),
    joined_by text check (joined_by is strftime('%m-%d', '2024-' || joined_by)) check (joined_by is null or every is not null),
    weeks integer not null check (weeks between 1 and 52),
    since text not null check (since is date(since)),
    by integer references people (id),
    at text not null check (at like '____-__-__T__:__:__.______Z')
) strict;

CREATE INDEX course_cycles_by_course on course_cycles (course, id);

CREATE TRIGGER course_cycles_do_not_change before update on course_cycles
begin select raise(abort, 'the cycle of a course stays on record'); end;

CREATE TRIGGER course_cycles_stay before delete on course_cycles
begin select raise(abort, 'the cycle of a course stays on record'); end;

CREATE TABLE course_groups (
    id integer primary key autoincrement,
    course text not null check (course <> ''),
    staff_group integer not null references staff_groups (id),
    given integer not null check (given in (0, 1)),
    by integer references people (id),
    at text not null check (at like '____-__-__T__:__:__.______Z')
) strict;

CREATE INDEX course_groups_by_course on course_groups (course, staff_group, id);

CREATE TRIGGER course_groups_do_not_change before update on course_groups
begin select raise(abort, 'to whom a course was given stays on record'); end;

CREATE TRIGGER course_groups_stay before delete on course_groups
begin select raise(abort, 'to whom a course was given stays on record'); end;

CREATE TABLE deputies (
    id integer primary key autoincrement,
    mentor integer not null references people (id),
    deputy integer references people (id) check (deputy <> mentor),
    begins text not null check (begins = date(begins)),
    ends text check (ends = date(ends) and ends >= begins),
    stood integer not null references people_history (id),
    by integer references people (id),
    at text not null check (at like '____-__-__T__:__:__.______Z')
) strict;

CREATE INDEX deputies_by_deputy on deputies (deputy, mentor) where deputy is not null;

CREATE INDEX deputies_by_mentor on deputies (mentor, id);

CREATE TRIGGER deputies_do_not_change before update on deputies
begin select raise(abort, 'what was said of deputies does not change'); end;

CREATE TRIGGER deputies_stay before delete on deputies
begin select raise(abort, 'what was said of deputies is kept'); end;

CREATE TABLE devices (
    mark_sha256 text primary key check (length(mark_sha256) = 64),
    account_sha256 text not null check (length(account_sha256) = 64),
    known_since text not null check (known_since like '____-__-__T__:__:__.______Z')
) strict, without rowid;

CREATE INDEX devices_by_age on devices (known_since);

CREATE TRIGGER devices_that_go_are_counted after delete on devices
begin update open_removal set taken = taken + 1; end;

CREATE TABLE done_elsewhere (
    id integer primary key autoincrement,
    person integer not null references people (id),
    course text not null check (course <> ''),
    provider text not null check (length(provider) between 1 and 200),
    title text not null check (length(title) between 1 and 200),
    done_on text not null check (done_on is date(done_on)),
    expires_on text check (expires_on is date(expires_on) and (expires_on is null or expires_on >= done_on)),
    document text not null check (length(document) = 64),
    kind text not null check (kind in ('pdf', 'png', 'jpeg', 'json', 'jwt')),
    file text not null check (length(file) between 1 and 200),
    bytes integer not null check (bytes between 1 and 5242880),
    by integer references people (id),
    at text not null check (at like '____-__-__T__:__:__.______Z')
) strict;

CREATE INDEX done_elsewhere_by_person on done_elsewhere (person, id);

CREATE TRIGGER done_elsewhere_come_when_nothing_goes before insert on done_elsewhere when exists (select 1 from open_removal)
begin select raise(abort, 'nothing is added while something is removed'); end;

CREATE TRIGGER done_elsewhere_does_not_change before update on done_elsewhere
begin select raise(abort, 'what was done elsewhere does not change'); end;

CREATE TRIGGER done_elsewhere_is_evidence after insert on done_elsewhere begin
insert into evidence_due (kind, row) values ('elsewhere', new.id);
end;

CREATE TRIGGER done_elsewhere_is_taken_back_once before update on done_elsewhere_taken_back
begin select raise(abort, 'what was taken back does not change'); end;

CREATE TRIGGER done_elsewhere_stays before delete on done_elsewhere
when not exists (select 1 from erasing where person = old.person)
begin select raise(abort, 'what was done elsewhere is kept'); end;

CREATE TRIGGER done_elsewhere_stays_taken_back before delete on done_elsewhere_taken_back
when not exists (select 1 from erasing where person = (select person from done_elsewhere where id = old.entry))
begin select raise(abort, 'what was taken back is kept'); end;

CREATE TABLE done_elsewhere_taken_back (
    id integer primary key autoincrement,
    entry integer not null unique references done_elsewhere (id),
    why text not null check (length(why) between 1 and 1000),
    by integer references people (id),
    at text not null check (at like '____-__-__T__:__:__.______Z')
) strict;

CREATE TRIGGER done_elsewhere_taken_back_come_when_nothing_goes before insert on done_elsewhere_taken_back when exists (select 1 from open_removal)
begin select raise(abort, 'nothing is added while something is removed'); end;

CREATE TRIGGER done_elsewhere_taken_back_that_go_are_counted after delete on done_elsewhere_taken_back
begin update open_removal set taken = taken + 1; end;

CREATE TRIGGER done_elsewhere_that_go_are_counted after delete on done_elsewhere
begin update open_removal set taken = taken + 1; end;

CREATE TABLE drills (
    id integer primary key autoincrement,
    at text not null check (at like '____-__-__T__:__:__.______Z'),
    file text not null check (length(file) <= 4096),
    ok integer not null check (ok in (0, 1)),
    words text not null check (words <> '')
) strict;

CREATE TRIGGER drills_do_not_change before update on drills
begin select raise(abort, 'what a drill found does not change'); end;

CREATE TRIGGER drills_stay before delete on drills
begin select raise(abort, 'what a drill found is kept'); end;

CREATE TABLE ended_links (
    token_sha256 text primary key check (length(token_sha256) = 64),
    kind text not null check (kind in ('first-run', 'invitation', 'reset')),
    person integer references people (id),
    renewed integer not null check (renewed in (0, 1))
) strict, without rowid;

CREATE VIEW erasing as select * from removing where kind in ('left', 'erased');

CREATE TABLE erasures (
    id integer primary key autoincrement,
    person integer not null references people (id),
    removal integer not null references removals (id),
    salt text not null check (length(salt) >= 32),
    mark text not null check (length(mark) = 64),
    documents text not null check (json_type(documents) = 'array'),
    unique (person, mark)
) strict;

CREATE TRIGGER erasures_come_with_a_removal before insert on erasures
when not exists (select 1 from erasing where id = new.removal and person = new.person)
begin select raise(abort, 'an erasure comes with its removal'); end;

CREATE TRIGGER erasures_do_not_change before update on erasures
begin select raise(abort, 'erasures stay on record'); end;

CREATE TRIGGER erasures_stay before delete on erasures
begin select raise(abort, 'erasures stay on record'); end;

CREATE TABLE evidence (
    n integer primary key check (n > 0),
    at text not null check (at like '____-__-__T__:__:__.______Z'),
    kind text not null check (length(kind) between 1 and 40),
    row integer not null,
    person integer references people (id),
    salt blob check (length(salt) = 16),
    entry text check (entry is null or json_valid(entry)),
    leaf blob not null check (length(leaf) = 32),
    head blob not null check (length(head) = 32),
    gone_with integer references removals (id) check (gone_with is null or entry is null),
    unique (kind, row),
    check ((salt is null) = (entry is null))
) strict;

CREATE INDEX evidence_by_person on evidence (person) where person is not null;

CREATE INDEX evidence_by_removal on evidence (gone_with) where gone_with is not null;

CREATE TRIGGER evidence_come_when_nothing_goes before insert on evidence when exists (select 1 from open_removal)
begin select raise(abort, 'nothing is added while something is removed'); end;

CREATE TRIGGER evidence_does_not_change before update on evidence
when (new.n, new.at, new.kind, new.row, new.person, new.leaf, new.head) is not
        (old.n, old.at, old.kind, old.row, old.person, old.leaf, old.head)
    or new.entry is not null or old.entry is null or new.gone_with is not (select removal from open_removal)
    or not exists (select 1 from erasing where person = old.person)
    and not (old.kind = 'answers' and exists (select 1 from removing r join tries_over t on (t.attempt, t.person) = (old.row, r.person)
        where r.kind = 'answers' and t.since < r.until_at))
    and not (old.kind = 'act' and old.at < strftime('%Y-%m-%dT%H:%M:%f', (select max(at) from acts), '-7 years'))
    and not (old.kind = 'act' and exists (select 1 from acts a, erasing e join people_history h on h.person = e.person
        where a.id = old.row and (instr(lower(a.about || ' ' || a.was || ' ' || a.became), lower(h.name))
            or instr(lower(a.was || ' ' || a.became), lower(trim(json_quote(h.name), '"')))
            or instr(lower(a.about || ' ' || a.was || ' ' || a.became), lower(h.email)))))
begin select raise(abort, 'evidence does not change'); end;

CREATE TABLE evidence_due (
    id integer primary key,
    kind text not null,
    row integer not null,
    before integer not null default 0 check (before in (0, 1)),
    entered integer not null default 0 check (entered = 0) references evidence (n) deferrable initially deferred,
    unique (kind, row)
) strict;

CREATE INDEX evidence_due_by_entry on evidence_due (entered);

CREATE TRIGGER evidence_stays before delete on evidence
begin select raise(abort, 'evidence is kept'); end;

CREATE TRIGGER evidence_that_change_are_counted after update on evidence
begin update open_removal set taken = taken + 1; end;

CREATE TABLE evidence_witnesses (
    id integer primary key autoincrement,
    place integer not null check (place in (1, 2)),
    person integer references people (id),
    by integer not null references people (id),
    at text not null check (at like '____-__-__T__:__:__.______Z')
) strict;

CREATE INDEX evidence_witnesses_by_place on evidence_witnesses (place, id);

CREATE TRIGGER evidence_witnesses_do_not_change before update on evidence_witnesses
begin select raise(abort, 'who was given the head stays on record'); end;

CREATE TRIGGER evidence_witnesses_stay before delete on evidence_witnesses
begin select raise(abort, 'who was given the head stays on record'); end;

CREATE TABLE factor_resets (
    person integer primary key references people (id),
    at text not null check (at like '____-__-__T__:__:__.______Z'),
    asked_by integer not null references people (id) check (asked_by <> person),
    why text not null check (length(why) between 1 and 300)
) strict;

CREATE TRIGGER finished_attempts_are_shared_with_others before insert on attempt_shares
when exists (select 1 from attempts where id = new.attempt and (finished_at is null or person = new.reader))
begin select raise(abort, 'a finished attempt is shared, and with somebody else'); end;

CREATE TABLE handovers (
    id integer primary key autoincrement,
    mentor integer not null references people (id),
    follower integer references people (id) check (follower <> mentor),
    stood integer not null references people_history (id),
    by integer references people (id),
    at text not null check (at like '____-__-__T__:__:__.______Z')
) strict;

CREATE INDEX handovers_by_mentor on handovers (mentor, id);

CREATE TRIGGER handovers_do_not_change before update on handovers
begin select raise(abort, 'what was said of who follows does not change'); end;

CREATE TRIGGER handovers_stay before delete on handovers
begin select raise(abort, 'what was said of who follows is kept'); end;

CREATE TABLE holidays (
    id integer primary key autoincrement,
    name text not null check (length(name) between 1 and 60),
    first text not null check (first = date(first)),
    last text not null check (last = date(last) and last >= first),
    by integer not null references people (id),
    at text not null check (at like '____-__-__T__:__:__.______Z')
) strict;

CREATE TRIGGER holidays_do_not_change before update on holidays
begin select raise(abort, 'a holiday stays as it was entered'); end;

CREATE TABLE holidays_ended (
    id integer primary key autoincrement,
    holiday integer not null unique references holidays (id),
    by integer not null references people (id),
    at text not null check (at like '____-__-__T__:__:__.______Z')
) strict;

CREATE TRIGGER holidays_ended_do_not_change before update on holidays_ended
begin select raise(abort, 'a holiday that was taken away stays so'); end;

CREATE TRIGGER holidays_ended_stay before delete on holidays_ended
begin select raise(abort, 'that a holiday was taken away is kept'); end;

CREATE TRIGGER holidays_stay before delete on holidays
begin select raise(abort, 'what was entered as a holiday is kept'); end;

CREATE TRIGGER how_somebody_came_does_not_change before update of added_by, created_at on people
begin select raise(abort, 'how somebody came does not change'); end;

CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");

CREATE TABLE imports (
    id integer primary key autoincrement,
    person integer not null references people (id),
    at text not null check (at like '____-__-__T__:__:__.______Z'),
    file text not null check (length(file) <= 200),
    sheet text not null,
    columns text not null,
    mends text not null,
    done text check (done is null or (json_valid(done) and sheet = '' and columns = '' and mends = ''))
) strict;

CREATE INDEX imports_by_person on imports (person, id);

CREATE TABLE kept_forms (
    token_sha256 text primary key check (length(token_sha256) = 64),
    person integer not null references people (id),
    at text not null check (at like '____-__-__T__:__:__.______Z'),
    packed text not null
) strict;

CREATE TABLE lesson_readings (
    id integer primary key autoincrement,
    course text not null check (course <> ''),
    lesson text not null,
    sha256 text not null references wordings (sha256),
    read_by integer not null references people (id),
    at text not null check (at like '____-__-__T__:__:__.______Z'),
    unique (course, lesson, sha256, read_by)
) strict;

CREATE INDEX lesson_readings_by_moment on lesson_readings (at);

CREATE TRIGGER lesson_readings_do_not_change before update on lesson_readings
begin select raise(abort, 'what was read stays as it was'); end;

CREATE TRIGGER lesson_readings_stay before delete on lesson_readings
begin select raise(abort, 'what was read is kept'); end;

CREATE TABLE lessons_opened (
    id integer primary key autoincrement,
    person integer not null references people (id),
    course text not null check (course <> ''),
    lesson text not null check (lesson <> ''),
    version text not null check (length(version) = 64),
    at text not null check (at like '____-__-__T__:__:__.______Z'),
    unique (person, course, lesson, version)
) strict;

CREATE TRIGGER lessons_opened_come_when_nothing_goes before insert on lessons_opened when exists (select 1 from open_removal)
begin select raise(abort, 'nothing is added while something is removed'); end;

CREATE TRIGGER lessons_opened_do_not_change before update on lessons_opened
begin select raise(abort, 'what was opened stays as it was'); end;

CREATE TRIGGER lessons_opened_stay before delete on lessons_opened
when not exists (select 1 from erasing where person = old.person)
begin select raise(abort, 'what was opened is kept'); end;

CREATE TRIGGER lessons_opened_that_go_are_counted after delete on lessons_opened
begin update open_removal set taken = taken + 1; end;

CREATE TABLE letters (
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

CREATE INDEX letters_by_person on letters (person, kind, id) where person is not null;

CREATE INDEX letters_by_state on letters (state, id);

CREATE TRIGGER letters_come_when_nothing_goes before insert on letters when exists (select 1 from open_removal)
begin select raise(abort, 'nothing is added while something is removed'); end;

CREATE TRIGGER letters_sent_are_sent before update on letters when old.state in ('sent', 'dropped')
begin select raise(abort, 'a letter that was sent or dropped does not change'); end;

CREATE TRIGGER letters_stay before delete on letters
when not exists (select 1 from removing where kind = 'letters' and old.done_at < until_at)
    and not exists (select 1 from erasing e join people_history h on h.person = e.person, (select lower(old.subject || ' ' ||
        ifnull(old.words, '') || ' ' || old.why || ' ' || old.said || ' ' || old.reply_to || ' ' || old.key) as whole) l
        where old.person = h.person or old.email = h.email or instr(l.whole, lower(h.name)) or instr(l.whole, lower(h.email)))
begin select raise(abort, 'letters are kept'); end;

CREATE TRIGGER letters_stay_as_written before update of id, kind, person, key, reply_to, subject, why, written_at on letters
begin select raise(abort, 'a letter stays as it was written'); end;

CREATE TRIGGER letters_that_go_are_counted after delete on letters
begin update open_removal set taken = taken + 1; end;

CREATE INDEX letters_to_post on letters (not_before, id) where state = 'waiting';

CREATE INDEX letters_under_way on letters (claimed_until) where state in ('claimed', 'posting');

CREATE INDEX letters_with_words on letters (not_after) where words is not null;

CREATE TABLE links (
    id integer primary key autoincrement,
    kind text not null check (kind in ('first-run', 'invitation', 'reset')),
    person integer references people (id) check ((person is null) = (kind = 'first-run')),
    token_sha256 text not null unique check (length(token_sha256) = 64),
    expires_at text not null check (expires_at like '____-__-__T__:__:__.______Z')
, made_at text check (made_at like '____-__-__T__:__:__.______Z'), made_by integer references people (id), nonce text check (nonce is null or length(nonce) >= 32) check (nonce is null or made_by is not null)) strict;

CREATE TRIGGER links_are_remembered_when_renewed after update of token_sha256 on links begin
insert or ignore into ended_links (token_sha256, kind, person, renewed) values (old.token_sha256, old.kind, old.person, 1);
end;

CREATE TRIGGER links_are_remembered_when_used after delete on links begin
insert or ignore into ended_links (token_sha256, kind, person, renewed) values (old.token_sha256, old.kind, old.person, 0);
end;

CREATE TABLE new_devices (
    id integer primary key autoincrement,
    person integer not null references people (id),
    at text not null check (at like '____-__-__T__:__:__.______Z'),
    device text not null check (length(device) <= 200),
    way text not null check (way in ('password', 'link', 'google', 'microsoft', 'other', 'passkey')),
    token_sha256 text not null unique check (length(token_sha256) = 64)
) strict;

CREATE TRIGGER nobody_comes_with_a_password before insert on people when new.password_hash is not null
begin select raise(abort, 'a password comes with an entry of how it came'); end;

CREATE TABLE note_answers (
    note integer primary key references notes (id),
    words text not null check (length(words) between 1 and 2000),
    answered_by integer not null references people (id),
    at text not null check (at like '____-__-__T__:__:__.______Z')
) strict;

CREATE TRIGGER note_answers_come_when_nothing_goes before insert on note_answers when exists (select 1 from open_removal)
begin select raise(abort, 'nothing is added while something is removed'); end;

CREATE TRIGGER note_answers_do_not_change before update on note_answers
begin select raise(abort, 'answers to notes do not change'); end;

CREATE TRIGGER note_answers_stay before delete on note_answers
when not exists (select 1 from erasing where person = (select person from notes where id = old.note))
    and not exists (select 1 from removing r join notes n on n.id = old.note and n.person = r.person
        where r.kind = 'notes' and old.at < r.until_at)
begin select raise(abort, 'answers to notes are kept'); end;

CREATE TRIGGER note_answers_that_go_are_counted after delete on note_answers
begin update open_removal set taken = taken + 1; end;

CREATE TABLE notes (
    id integer primary key autoincrement,
    key text not null unique check (length(key) between 16 and 100),
    person integer not null references people (id),
    attempt integer not null references attempts (id),
    step integer not null check (step > 0),
    scenario text not null check (scenario <> ''),
    words text not null check (length(words) between 1 and 2000),
    at text not null check (at like '____-__-__T__:__:__.______Z')
) strict;

CREATE INDEX notes_by_person on notes (person, id);

CREATE TRIGGER notes_come_when_nothing_goes before insert on notes when exists (select 1 from open_removal)
begin select raise(abort, 'nothing is added while something is removed'); end;

CREATE TRIGGER notes_do_not_change before update on notes
begin select raise(abort, 'notes do not change'); end;

CREATE TRIGGER notes_stay before delete on notes
when not exists (select 1 from erasing where person = old.person)
    and not exists (select 1 from removing where kind = 'notes' and person = old.person and old.at < until_at)
begin select raise(abort, 'notes are kept'); end;

CREATE TRIGGER notes_that_go_are_counted after delete on notes
begin update open_removal set taken = taken + 1; end;

CREATE TRIGGER nothing_is_put_off_at_the_end before insert on put_off
when (select finished_at from attempts where id = new.attempt) is not null
    and not exists (select 1 from put_off where attempt = new.attempt and scenario = new.scenario)
begin select raise(abort, 'in a finished attempt nothing is put off'); end;

CREATE UNIQUE INDEX one_link_of_a_kind on links (ifnull(person, 0), kind);

CREATE UNIQUE INDEX one_open_attempt on attempts (person, course, lesson) where finished_at is null;

CREATE UNIQUE INDEX one_pack_at_a_time on packs ((1)) where made_at is null and trouble = '';

CREATE TABLE open_removal (
    id integer primary key default 1 check (id = 1),
    removal integer not null references removals (id) deferrable initially deferred,
    taken integer not null default 0 check (taken >= 0),
    closed integer not null default 0 check (closed = 0) references removals (id) deferrable initially deferred
) strict;

CREATE TABLE packs (
    id integer primary key autoincrement,
    by integer not null references people (id),
    at text not null check (at like '____-__-__T__:__:__.______Z'),
    day text not null check (day = date(day)),
    person integer references people (id),
    step integer not null default 0 check (step >= 0),
    made_at text check (made_at like '____-__-__T__:__:__.______Z'),
    file text unique check (length(file) between 20 and 100),
    bytes integer check (bytes > 0),
    sha256 text check (length(sha256) = 64),
    trouble text not null default '',
    check ((made_at is null) = (file is null) and (file is null) = (bytes is null) and (bytes is null) = (sha256 is null)),
    check (made_at is null or trouble = '')
) strict;

CREATE TABLE passkeys (
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

CREATE INDEX passkeys_by_person on passkeys (person, id);

CREATE TABLE password_requests (
    id integer primary key autoincrement,
    email text not null check (length(email) between 3 and 254),
    at text not null check (at like '____-__-__T__:__:__.______Z')
) strict;

CREATE TABLE people (
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
, course text check (course <> ''), added_by integer references people (id), password_entry integer references ways_in (id), starts text check (starts is date(starts)), ends text check (ends is date(ends) and (ends is null or starts is null or starts <= ends)), erased_at text check (erased_at like '____-__-__T__:__:__.______Z') check (erased_at is null or active = 0), has_account integer not null default 0 check (has_account in (0, 1))) strict;

CREATE TRIGGER people_are_erased_by_a_removal before update of erased_at on people
when new.erased_at is not old.erased_at and (old.erased_at is not null
    or (new.name, new.email) is not ('Erased person ' || old.id, 'erased-' || old.id || '@erased.invalid')
    or not exists (select 1 from erasing e join erasures m on m.person = e.person where e.person = old.id))
begin select raise(abort, 'somebody is erased by a removal, and stays so'); end;

CREATE TRIGGER people_are_what_their_last_entry_says
before update of id, email, name, role, mentor, due, course, active, starts, ends on people
when (new.id, new.email, new.name, new.role, new.mentor, new.due, new.course, new.active, new.starts, new.ends) is not
    (select person, email, name, role, mentor, due, course, active, starts, ends from people_history where person = old.id
    order by id desc limit 1)
begin select raise(abort, 'who somebody is changes by an entry in their history'); end;

CREATE TRIGGER people_begin_with_an_entry after insert on people begin
insert into people_history (person, at, "by", what, email, name, role, mentor, due, course, active, starts, ends)
values (new.id, new.created_at, new.added_by, 'added', new.email, new.name, new.role, new.mentor, new.due, new.course, new.active,
    new.starts, new.ends);
end;

CREATE INDEX people_by_end on people (ends) where ends is not null;

CREATE INDEX people_by_mentor on people (mentor, active, sort_name) where mentor is not null;

CREATE INDEX people_by_name on people (active, sort_name, id);

CREATE INDEX people_by_role on people (role, active);

CREATE INDEX people_by_start on people (starts) where starts is not null;

CREATE TABLE people_history (
    id integer primary key autoincrement,
    person integer not null references people (id),
    at text not null check (at like '____-__-__T__:__:__.______Z'),
    by integer references people (id),
    what text not null check (what in ('began', 'added', 'changed', 'put right')),
    email text not null,
    name text not null,
    role text not null,
    mentor integer references people (id),
    due text,
    course text,
    active integer not null
, starts text, ends text, by_itself integer not null default 0 check (by_itself in (0, 1) and (by_itself = 0 or "by" is null))) strict;

CREATE UNIQUE INDEX people_history_begins_once on people_history (person) where what in ('began', 'added');

CREATE INDEX people_history_by_moment on people_history (at);

CREATE INDEX people_history_by_person on people_history (person, id);

CREATE TRIGGER people_history_come_when_nothing_goes before insert on people_history when exists (select 1 from open_removal)
begin select raise(abort, 'nothing is added while something is removed'); end;

CREATE TRIGGER people_history_does_not_change before update on people_history
when (new.id, new.person, new.at, new."by", new.what, new.role, new.active, new.by_itself) is not
        (old.id, old.person, old.at, old."by", old.what, old.role, old.active, old.by_itself)
    or (new.name, new.email, new.mentor, new.due, new.course, new.starts, new.ends) is not
        ('Erased person ' || old.person, 'erased-' || old.person || '@erased.invalid', null, null, null, null, null)
    or not exists (select 1 from erasing where person = old.person)
begin select raise(abort, 'the history of people does not change'); end;

CREATE TRIGGER people_history_stays before delete on people_history
begin select raise(abort, 'the history of people is kept'); end;

CREATE TRIGGER people_history_that_change_are_counted after update on people_history
begin update open_removal set taken = taken + 1; end;

CREATE TABLE policy_choices (
    version integer not null references policy_versions (version),
    facet text not null check (facet <> ''),
    stance text not null check (stance <> ''), words text not null default '' check (length(words) <= 2000),
    primary key (facet, version)
) strict, without rowid;

CREATE TRIGGER policy_choices_do_not_change before update on policy_choices
begin select raise(abort, 'policy choices do not change'); end;

CREATE TRIGGER policy_choices_stay before delete on policy_choices
begin select raise(abort, 'policy choices are kept'); end;

CREATE TABLE policy_draft_choices (
    facet text not null primary key check (facet <> ''),
    stance text not null check (stance <> ''),
    words text not null default '' check (length(words) <= 2000),
    saved_by integer not null references people (id),
    saved_at text not null check (saved_at like '____-__-__T__:__:__.______Z')
) strict, without rowid;

CREATE TABLE policy_draft_text (
    id integer primary key check (id = 1),
    own_only integer not null check (own_only in (0, 1)),
    words text not null,
    ties text not null check (json_valid(ties) and json_type(ties) = 'object'),
    saved_by integer not null references people (id),
    saved_at text not null check (saved_at like '____-__-__T__:__:__.______Z')
) strict;

CREATE TABLE policy_versions (
    version integer primary key autoincrement,
    chosen_by integer references people (id),
    at text not null check (at like '____-__-__T__:__:__.______Z')
, sha256 text check (length(sha256) = 64), text text check ((text is null) = (sha256 is null) and text <> ''), material integer not null default 1 check (material in (0, 1)), note text not null default '' check (length(note) <= 500)) strict;

CREATE TRIGGER policy_versions_are_evidence after insert on policy_versions begin
insert into evidence_due (kind, row) values ('policy', new.version);
end;

CREATE TRIGGER policy_versions_do_not_change before update on policy_versions
begin select raise(abort, 'policy versions do not change'); end;

CREATE TRIGGER policy_versions_stay before delete on policy_versions
begin select raise(abort, 'policy versions are kept'); end;

CREATE TABLE post_office (
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

CREATE TABLE provider_accounts (
    id integer primary key autoincrement,
    person integer not null references people (id),
    at text not null check (at like '____-__-__T__:__:__.______Z'),
    issuer text not null check (issuer <> ''),
    subject text not null check (length(subject) between 1 and 500),
    address text not null check (length(address) <= 254),
    how text not null check (how in ('address', 'invitation', 'let in')),
    ended_at text check (ended_at like '____-__-__T__:__:__.______Z')
) strict;

CREATE INDEX provider_accounts_by_person on provider_accounts (person, id);

CREATE INDEX provider_accounts_by_subject on provider_accounts (issuer, subject);

CREATE TABLE provider_tokens (
    account integer primary key references provider_accounts (id),
    token text not null,
    looked_at text not null check (looked_at like '____-__-__T__:__:__.______Z'),
    failing_since text check (failing_since like '____-__-__T__:__:__.______Z')
) strict;

CREATE TABLE providers (
    kind text primary key check (kind in ('google', 'microsoft', 'other')),
    label text not null check (length(label) between 1 and 60),
    issuer text not null check (length(issuer) between 1 and 500),
    client_id text not null check (length(client_id) between 1 and 500),
    client_secret text not null,
    domain text not null default '' check (length(domain) <= 255),
    since text not null check (since like '____-__-__T__:__:__.______Z')
) strict;

CREATE TABLE pulse (
    id integer primary key check (id = 1),
    at text check (at like '____-__-__T__:__:__.______Z')
) strict;

CREATE TABLE put_off (
    id integer primary key autoincrement,
    attempt integer not null references attempts (id),
    scenario text not null check (scenario <> ''),
    instead text not null check (instead <> '' and instead <> scenario),
    at text not null check (at like '____-__-__T__:__:__.______Z'),
    unique (attempt, scenario)
) strict;

CREATE TRIGGER put_off_come_when_nothing_goes before insert on put_off when exists (select 1 from open_removal)
begin select raise(abort, 'nothing is added while something is removed'); end;

CREATE TRIGGER put_off_does_not_change before update on put_off
begin select raise(abort, 'what was put off does not change'); end;

CREATE TRIGGER put_off_stays before delete on put_off
when not exists (select 1 from erasing where person = (select person from attempts where id = old.attempt))
    and not exists (select 1 from removing r join tries_over t on (t.attempt, t.person) = (old.attempt, r.person)
        where r.kind = 'answers' and t.since < r.until_at)
begin select raise(abort, 'what was put off is kept'); end;

CREATE TRIGGER put_off_that_go_are_counted after delete on put_off
begin update open_removal set taken = taken + 1; end;

CREATE TABLE recovery_codes (
    code_sha256 text primary key check (length(code_sha256) = 64),
    person integer not null references people (id),
    at text not null check (at like '____-__-__T__:__:__.______Z')
) strict, without rowid;

CREATE INDEX recovery_codes_by_person on recovery_codes (person);

CREATE TABLE reminder_choices (
    id integer primary key autoincrement,
    reminder text not null check (reminder in ('not-begun', 'week-before', 'day-before', 'on-the-day', 'overdue')),
    goes integer not null check (goes in (0, 1)),
    words text check (length(words) between 1 and 2000),
    by integer not null references people (id),
    at text not null check (at like '____-__-__T__:__:__.______Z')
) strict;

CREATE INDEX reminder_choices_by_reminder on reminder_choices (reminder, id);

CREATE TRIGGER reminder_choices_do_not_change before update on reminder_choices
begin select raise(abort, 'what was chosen of a reminder stays on record'); end;

CREATE TRIGGER reminder_choices_stay before delete on reminder_choices
begin select raise(abort, 'what was chosen of a reminder is kept'); end;

CREATE TABLE reminders (
    id integer primary key autoincrement,
    person integer not null references people (id),
    day text not null check (day = date(day)),
    what text not null check (
        what in ('not-begun', 'week-before', 'day-before', 'on-the-day', 'overdue', 'reminded', 'digest')),
    about text not null check (about = date(about)),
    at text not null check (at like '____-__-__T__:__:__.______Z'),
    unique (person, day, what)
) strict;

CREATE INDEX reminders_by_day on reminders (day, person);

CREATE TRIGGER reminders_come_when_nothing_goes before insert on reminders when exists (select 1 from open_removal)
begin select raise(abort, 'nothing is added while something is removed'); end;

CREATE TRIGGER reminders_do_not_change before update on reminders
begin select raise(abort, 'what was written to somebody stays on record'); end;

CREATE TRIGGER reminders_stay before delete on reminders
when not exists (select 1 from erasing where person = old.person)
begin select raise(abort, 'what was written to somebody is kept'); end;

CREATE TRIGGER reminders_that_go_are_counted after delete on reminders
begin update open_removal set taken = taken + 1; end;

CREATE TABLE removals (
    id integer primary key autoincrement check (id > 0),
    at text not null check (at like '____-__-__T__:__:__.______Z'),
    kind text not null check (kind in ('answers', 'notes', 'confidence', 'themes', 'letters', 'browsers', 'left', 'erased')),
    person integer references people (id) check (person is not null or kind in ('letters', 'browsers')),
    by integer references people (id),
    until_at text not null check (until_at like '____-__-__T__:__:__.______Z') check (until_at <= at),
    count integer not null check (count > 0),
    why text not null check (length(why) between 1 and 500)
) strict;

CREATE TRIGGER removals_are_evidence after insert on removals begin
insert into evidence_due (kind, row) values ('removal', new.id);
end;

CREATE INDEX removals_by_person on removals (person, id) where person is not null;

CREATE TRIGGER removals_do_not_change before update on removals
begin select raise(abort, 'removals stay on record'); end;

CREATE TRIGGER removals_stay before delete on removals
begin select raise(abort, 'removals stay on record'); end;

CREATE VIEW removing as select r.* from open_removal o join removals r on r.id = o.removal;

CREATE TABLE retention_periods (
    id integer primary key autoincrement,
    kind text not null check (kind in ('answers', 'notes', 'confidence', 'themes', 'letters', 'browsers', 'left')),
    months integer not null check (months between 1 and 1200),
    by integer references people (id),
    at text not null check (at like '____-__-__T__:__:__.______Z')
) strict;

CREATE INDEX retention_periods_by_kind on retention_periods (kind, id);

CREATE TRIGGER retention_periods_do_not_change before update on retention_periods
begin select raise(abort, 'how long something is kept stays on record'); end;

CREATE TRIGGER retention_periods_stay before delete on retention_periods
begin select raise(abort, 'how long something is kept stays on record'); end;

CREATE TABLE scenario_tens (
    id integer primary key autoincrement,
    scenario text not null check (scenario <> ''),
    words text not null check (length(words) = 64),
    whom text not null check (whom in ('teacher', 'mentor')),
    ten integer not null check (ten > 0),
    best integer not null check (best >= 0),
    fine integer not null check (fine >= 0),
    poor integer not null check (poor >= 0),
    breach integer not null check (breach >= 0) check (best + fine + poor + breach = 10),
    chosen text not null check (json_valid(chosen) and json_type(chosen) = 'object'),
    others_wise integer check (others_wise between 0 and 1000),
    others_wise_squares integer check (others_wise_squares between 0 and 100000),
    others_unwise integer check (others_unwise between 0 and 1000),
    others_unwise_squares integer check (others_unwise_squares between 0 and 100000),
    from_at text not null check (from_at like '____-__-__T__:__:__.______Z'),
    until_at text not null check (until_at like '____-__-__T__:__:__.______Z') check (until_at >= from_at),
    finished_at text not null check (finished_at like '____-__-__T__:__:__.______Z'),
    at text not null check (at like '____-__-__T__:__:__.______Z') check (at >= until_at),
    unique (words, whom, ten)
) strict;

CREATE TRIGGER scenario_tens_do_not_change before update on scenario_tens
begin select raise(abort, 'what was counted does not change'); end;

CREATE TRIGGER scenario_tens_stay before delete on scenario_tens
begin select raise(abort, 'what was counted is kept'); end;

CREATE TABLE scenarios_aside (
    id integer primary key autoincrement,
    course text not null check (course <> ''),
    lesson text not null check (lesson <> ''),
    scenario text not null check (scenario <> ''),
    sha256 text not null check (length(sha256) = 64),
    aside integer not null check (aside in (0, 1)),
    why text not null check (length(why) <= 2000) check (aside = 0 or why <> ''),
    by integer not null references people (id),
    at text not null check (at like '____-__-__T__:__:__.______Z')
) strict;

CREATE INDEX scenarios_aside_by_words on scenarios_aside (scenario, sha256, id);

CREATE TRIGGER scenarios_aside_do_not_change before update on scenarios_aside
begin select raise(abort, 'what was put aside stays on record'); end;

CREATE TRIGGER scenarios_aside_stay before delete on scenarios_aside
begin select raise(abort, 'what was put aside stays on record'); end;

CREATE TABLE school (
    id integer primary key check (id = 1),
    key text not null check (length(key) = 32),
    name text not null default '' check (length(name) <= 200),
    nation text not null default 'england' check (nation in ('england', 'wales', 'scotland', 'northern-ireland')),
    phase text not null default 'all-through' check (phase in ('primary', 'secondary', 'all-through')),
    words text not null default '{}' check (json_valid(words) and json_type(words) = 'object'),
    public_contacts integer not null default 0 check (public_contacts in (0, 1)),
    revision integer not null default 1 check (revision > 0)
) strict;

CREATE TABLE sessions (
    id integer primary key autoincrement,
    token_sha256 text not null unique check (length(token_sha256) = 64),
    person integer not null references people (id),
    device text not null check (length(device) <= 200),
    started_at text not null check (started_at like '____-__-__T__:__:__.______Z'),
    last_used_at text not null check (last_used_at like '____-__-__T__:__:__.______Z')
, own_phone integer not null default 0 check (own_phone in (0, 1)), way text not null default 'password'
    check (way in ('password', 'link', 'google', 'microsoft', 'other', 'passkey')), provider_account integer references provider_accounts (id), due text check (due in ('factor', 'set up')), confirmed_at text check (confirmed_at like '____-__-__T__:__:__.______Z')) strict;

CREATE INDEX sessions_by_person on sessions (person);

CREATE INDEX sessions_by_use on sessions (last_used_at);

CREATE TRIGGER sessions_that_go_are_counted after delete on sessions
begin update open_removal set taken = taken + 1; end;

CREATE TABLE sign_in_events (
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

CREATE INDEX sign_in_events_by_moment on sign_in_events (at, id);

CREATE INDEX sign_in_events_by_person on sign_in_events (person, id);

CREATE TRIGGER sign_in_events_come_when_nothing_goes before insert on sign_in_events when exists (select 1 from open_removal)
begin select raise(abort, 'nothing is added while something is removed'); end;

CREATE TRIGGER sign_in_events_do_not_change before update on sign_in_events
begin select raise(abort, 'how somebody came in stays as it was'); end;

CREATE TRIGGER sign_in_events_stay before delete on sign_in_events
when not exists (select 1 from erasing where person = old.person)
begin select raise(abort, 'how somebody came in is kept'); end;

CREATE TRIGGER sign_in_events_that_go_are_counted after delete on sign_in_events
begin update open_removal set taken = taken + 1; end;

CREATE TABLE sign_in_rules (
    id integer primary key autoincrement,
    at text not null check (at like '____-__-__T__:__:__.______Z'),
    by integer references people (id),
    grace_days integer not null check (grace_days between 0 and 14),
    teachers_by_password integer not null check (teachers_by_password in (0, 1)),
    strangers text not null check (strangers in ('refused', 'held'))
) strict;

CREATE TRIGGER sign_in_rules_do_not_change before update on sign_in_rules
begin select raise(abort, 'what was decided of signing in stays on record'); end;

CREATE TRIGGER sign_in_rules_stay before delete on sign_in_rules
begin select raise(abort, 'what was decided of signing in stays on record'); end;

CREATE TABLE sign_offs (
    id integer primary key autoincrement,
    completion integer not null references completions (id),
    by integer not null references people (id),
    typed_name text not null check (length(typed_name) between 1 and 200),
    at text not null check (at like '____-__-__T__:__:__.______Z'),
    after integer references corrections (id) deferrable initially deferred
) strict;

CREATE TRIGGER sign_offs_are_evidence after insert on sign_offs begin
insert into evidence_due (kind, row) values ('sign-off', new.id);
end;

CREATE UNIQUE INDEX sign_offs_are_given_once on sign_offs (completion, "by", ifnull(after, 0));

CREATE INDEX sign_offs_by_signer on sign_offs ("by", id);

CREATE TRIGGER sign_offs_come_when_nothing_goes before insert on sign_offs when exists (select 1 from open_removal)
begin select raise(abort, 'nothing is added while something is removed'); end;

CREATE TRIGGER sign_offs_do_not_change before update on sign_offs
when (new.id, new.completion, new."by", new.at, new.after) is not (old.id, old.completion, old."by", old.at, old.after)
    or new.typed_name is not 'Erased person ' || old."by" or not exists (select 1 from erasing where person = old."by")
begin select raise(abort, 'sign-offs do not change'); end;

CREATE TRIGGER sign_offs_stay before delete on sign_offs
when not exists (select 1 from erasing where person = (select person from completions where id = old.completion))
begin select raise(abort, 'sign-offs are kept'); end;

CREATE TRIGGER sign_offs_that_change_are_counted after update on sign_offs
begin update open_removal set taken = taken + 1; end;

CREATE VIEW sign_offs_that_count as select s.* from sign_offs s join completions_that_count c on c.id = s.completion
    where s.id not in (select k.sign_off from corrections k
    where k.sign_off is not null and k.counts = 0 and not exists (select 1 from corrections l
        where l.sign_off = k.sign_off and l.counts is not null and l.id > k.id));

CREATE TRIGGER sign_offs_that_go_are_counted after delete on sign_offs
begin update open_removal set taken = taken + 1; end;

CREATE TABLE signing_keys (
    id integer primary key autoincrement,
    public_key text not null unique check (public_key glob 'z6Mk*' and length(public_key) between 40 and 60),
    by integer references people (id),
    at text not null check (at like '____-__-__T__:__:__.______Z')
) strict;

CREATE TRIGGER signing_keys_are_evidence after insert on signing_keys begin
insert into evidence_due (kind, row) values ('signing key', new.id);
end;

CREATE TRIGGER signing_keys_do_not_change before update on signing_keys
begin select raise(abort, 'a key that was published stays as it is'); end;

CREATE TRIGGER signing_keys_stay before delete on signing_keys
begin select raise(abort, 'a key that was published stays published'); end;

CREATE TRIGGER somebody_else_signs_off before insert on sign_offs
when not exists (select 1 from completions where id = new.completion and lesson = '' and person <> new."by")
begin select raise(abort, 'somebody else signs off a whole course'); end;

CREATE TABLE staff_group_members (
    id integer primary key autoincrement,
    staff_group integer not null references staff_groups (id),
    person integer not null references people (id),
    member integer not null check (member in (0, 1)),
    by integer references people (id),
    at text not null check (at like '____-__-__T__:__:__.______Z')
) strict;

CREATE INDEX staff_group_members_by_group on staff_group_members (staff_group, person, id);

CREATE INDEX staff_group_members_by_moment on staff_group_members (at);

CREATE INDEX staff_group_members_by_person on staff_group_members (person, staff_group, id);

CREATE TRIGGER staff_group_members_come_when_nothing_goes before insert on staff_group_members when exists (select 1 from open_removal)
begin select raise(abort, 'nothing is added while something is removed'); end;

CREATE TRIGGER staff_group_members_do_not_change before update on staff_group_members
begin select raise(abort, 'who belonged to a group stays on record'); end;

CREATE TRIGGER staff_group_members_stay before delete on staff_group_members
when not exists (select 1 from erasing where person = old.person)
begin select raise(abort, 'who belonged to a group stays on record'); end;

CREATE TRIGGER staff_group_members_that_go_are_counted after delete on staff_group_members
begin update open_removal set taken = taken + 1; end;

CREATE TABLE staff_group_names (
    id integer primary key autoincrement,
    staff_group integer not null references staff_groups (id),
    name text not null check (length(name) between 1 and 60),
    closed integer not null check (closed in (0, 1)),
    by integer references people (id),
    at text not null check (at like '____-__-__T__:__:__.______Z')
) strict;

CREATE INDEX staff_group_names_by_group on staff_group_names (staff_group, id);

CREATE TRIGGER staff_group_names_do_not_change before update on staff_group_names
begin select raise(abort, 'what a group was called stays on record'); end;

CREATE TRIGGER staff_group_names_stay before delete on staff_group_names
begin select raise(abort, 'what a group was called stays on record'); end;

CREATE TABLE staff_groups (
    id integer primary key autoincrement,
    created_at text not null check (created_at like '____-__-__T__:__:__.______Z')
) strict;

CREATE TRIGGER staff_groups_do_not_change before update on staff_groups
begin select raise(abort, 'groups of staff stay on record'); end;

CREATE TRIGGER staff_groups_stay before delete on staff_groups
begin select raise(abort, 'groups of staff stay on record'); end;

CREATE TRIGGER the_school_is_the_school before update of id, key on school
begin select raise(abort, 'a school stays the same one'); end;

CREATE TRIGGER the_school_stays before delete on school
begin select raise(abort, 'the school stays'); end;

CREATE TABLE tries (
    account_sha256 text not null check (length(account_sha256) = 64),
    device text not null check (length(device) in (0, 64)),
    wrong integer not null check (wrong > 0),
    last_at text not null check (last_at like '____-__-__T__:__:__.______Z'),
    primary key (account_sha256, device)
) strict, without rowid;

CREATE INDEX tries_by_age on tries (last_at);

CREATE VIEW tries_over as
select a.id as attempt, a.person, ifnull(
    (select min(c.completed_at) from completions c
        where (c.person, c.course, c.lesson) = (a.person, a.course, a.lesson) and c.completed_at >= a.started_at),
    iif(exists (select 1 from completions c where (c.person, c.course, c.lesson) = (a.person, a.course, a.lesson)), a.finished_at,
        (select min(h.at) from people_history h join people p on p.id = h.person and p.active = 0 where h.person = a.person
            and h.id > (select ifnull(max(id), 0) from people_history where person = a.person and active = 1)))
) as since from attempts a;

CREATE TABLE used_once (
    sha256 text primary key check (length(sha256) = 64),
    at text not null check (at like '____-__-__T__:__:__.______Z')
) strict, without rowid;

CREATE TABLE versions (
    sha256 text not null primary key check (length(sha256) = 64),
    kind text not null check (kind in ('lesson', 'quiz', 'course')),
    text text not null check (text <> ''),
    kept_at text not null check (kept_at like '____-__-__T__:__:__.______Z')
) strict;

CREATE TRIGGER versions_do_not_change before update on versions
begin select raise(abort, 'kept versions do not change'); end;

CREATE TRIGGER versions_stay before delete on versions
begin select raise(abort, 'kept versions are kept'); end;

CREATE TABLE waiting_accounts (
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

CREATE TABLE ways_in (
    id integer primary key autoincrement,
    person integer not null references people (id),
    at text not null check (at like '____-__-__T__:__:__.______Z'),
    by integer references people (id),
    what text not null check (what in ('began', 'invitation', 'reset', 'chosen', 'changed', 'set', 'cleared')),
    through integer references ways_in (id) check (through is null or what = 'chosen'),
    device text not null default '' check (length(device) <= 200)
) strict;

CREATE INDEX ways_in_by_moment on ways_in (at);

CREATE INDEX ways_in_by_person on ways_in (person, id);

CREATE TRIGGER ways_in_come_when_nothing_goes before insert on ways_in when exists (select 1 from open_removal)
begin select raise(abort, 'nothing is added while something is removed'); end;

CREATE TRIGGER ways_in_do_not_change before update on ways_in
begin select raise(abort, 'ways in do not change'); end;

CREATE TRIGGER ways_in_stay before delete on ways_in
when not exists (select 1 from erasing where person = old.person)
begin select raise(abort, 'ways in are kept'); end;

CREATE TRIGGER ways_in_that_go_are_counted after delete on ways_in
begin update open_removal set taken = taken + 1; end;

CREATE TRIGGER what_is_entered_is_due_no_more after insert on evidence begin
delete from evidence_due where (kind, row) = (new.kind, new.row);
end;

CREATE TRIGGER what_is_taken_back_is_evidence after insert on done_elsewhere_taken_back begin
insert into evidence_due (kind, row) values ('elsewhere taken back', new.entry);
end;

CREATE TRIGGER who_comes_has_a_mentor_who_is_one before insert on people when new.active = 1 and new.mentor is not null
    and not exists (select 1 from people where id = new.mentor and active = 1 and role <> 'teacher')
begin select raise(abort, 'a mentor is here and is one'); end;

CREATE TRIGGER who_is_here_has_a_mentor_who_is_one before update of mentor, active on people
when new.active = 1 and new.mentor is not null
    and not exists (select 1 from people where id = new.mentor and active = 1 and role <> 'teacher')
begin select raise(abort, 'a mentor is here and is one'); end;

CREATE TRIGGER who_mentors_hands_over_first before update of role, active on people
when (new.active = 0 or new.role = 'teacher') and exists (select 1 from people where mentor = new.id and active = 1)
begin select raise(abort, 'somebody else mentors their teachers first'); end;

CREATE TRIGGER who_somebody_is_is_evidence after insert on people_history begin
insert into evidence_due (kind, row) values ('person', new.id);
end;

CREATE TRIGGER whoever_has_an_account_elsewhere_can_come_in after insert on provider_accounts
begin update people set has_account = new.ended_at is null or has_account where id = new.person; end;

CREATE TRIGGER whoever_has_none_elsewhere_can_not after update of ended_at on provider_accounts
begin
    update people set has_account = exists (select 1 from provider_accounts where person = new.person and ended_at is null)
    where id = new.person;
end;

CREATE TRIGGER whoever_is_here_is_not_erased before insert on removals when new.kind in ('left', 'erased')
    and not exists (select 1 from people where id = new.person and active = 0 and erased_at is null)
begin select raise(abort, 'whoever is erased has left, and is erased once'); end;

CREATE TRIGGER whoever_was_erased_stays_so before insert on people_history
when (select erased_at from people where id = new.person) is not null
begin select raise(abort, 'somebody who was erased stays so'); end;

CREATE TRIGGER whose_account_elsewhere_goes_can_not after delete on provider_accounts
begin
    update people set has_account = exists (select 1 from provider_accounts where person = old.person and ended_at is null)
    where id = old.person;
end;

CREATE TABLE wordings (
    sha256 text not null primary key check (length(sha256) = 64),
    text text not null check (text <> '')
) strict;

CREATE TRIGGER wordings_do_not_change before update on wordings
begin select raise(abort, 'kept words do not change'); end;

CREATE TRIGGER wordings_stay before delete on wordings
begin select raise(abort, 'kept words are kept'); end;
