-- The twenty-third schema: how scenarios were judged, in tens of people.
--
-- Once a night those who have judged a scenario for the first time are counted, ten teachers or ten mentors at a time, in the
-- order in which they came to count, and each person once. What a lead is told are sums of such tens and nothing else: so
-- two figures, of whatever two days, differ by ten people or by none, and no answer that goes later changes what was told.
-- Nobody is named in a ten, and no person, try or answer is referred to.
--
-- `words` is the SHA-256 of the scenario as it was written and judged: other words, or another judgement, are another
-- scenario. `chosen` says how many chose which option, by its number. `others_…` are, of those who judged it wisely (best or
-- fine) and of those who did not, the sums of how many of 100 of the other scenarios of the same try they judged wisely, and
-- of the squares of that; null where a try had no other scenario. `until_at` is the moment since which the last of the ten
-- counts, `finished_at` that at which their try was finished: whoever comes later belongs to the next ten.

create table scenario_tens (
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

create trigger scenario_tens_do_not_change before update on scenario_tens
begin select raise(abort, 'what was counted does not change'); end;

create trigger scenario_tens_stay before delete on scenario_tens
begin select raise(abort, 'what was counted is kept'); end;
