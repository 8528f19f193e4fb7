"""How scenarios were judged, in tens of people: the one thing that figures of scenarios are made of.

A ten is counted once and kept. Counted are first judgements, in finished tries, of people other than leads who have signed in
and have been here for a week: whoever would invent nine to learn of a tenth waits as long, in everybody's sight. Leads are
not counted, who could take their own answers away. Somebody counts as what they were when they answered.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from ...content.model import Rating
from ...rules.item_figures import TEN, Others, Part, Told, Whom, compared
from ..people.history import then
from ..store.columns import day_begins, local_day, moment_text
from ..store.database import Database

NEW_HERE = timedelta(days=7)
GROW = ("scenario_tens",)
Known = Mapping[str, Mapping[str, str]]  # the words of each scenario, by the version of its quiz and its id

# Whoever counts since `counts_from` comes after whoever counted before; a ten from the days of a clock that ran ahead holds up nobody.
_LATE = f"""
with known (quiz, scenario, words) as materialized (select value ->> 0, value ->> 1, value ->> 2 from json_each(:known)),
counted (words, whom, ten, until) as materialized (
    select words, whom, max(ten), max(until_at || finished_at) filter (where until_at <= :now) from scenario_tens
    group by words, whom),
tried as materialized (
    select a.id, a.person, a.finished_at, {then('role', 'a.person', 'a.finished_at')} as whom,
        p.role <> 'lead' and p.last_seen_at is not null as counts,
        max(a.finished_at, strftime('%Y-%m-%dT%H:%M:%f000Z', p.created_at, :a_week)) as counts_from
    from attempts a join people p on p.id = a.person
    where a.finished_at is not null and a.quiz_version in (select quiz from known)),
asked as (
    select t.id, t.person, t.finished_at, t.whom, t.counts_from, k.scenario, k.words, ifnull(c.ten, 0) as ten,
        t.counts and t.whom <> 'lead' and t.counts_from <= :now
            and t.counts_from || t.finished_at > ifnull(c.until, '') as is_late
    from tried t join attempts a on a.id = t.id, json_each(a.drawn) d
    join known k on k.quiz = a.quiz_version and k.scenario = d.value left join counted c on c.words = k.words and c.whom = t.whom)"""
_HOW_MANY = f"{_LATE} select words, count(*) as tries from asked where is_late group by words having tries >= {TEN}"
_FULL = f"""{_LATE},
late as materialized (select distinct person from asked where is_late),
met as (
    select *, row_number() over (partition by person, words order by id) as nth from asked where person in (select person from late)),
fresh as materialized (
    select id as attempt, scenario, words, whom, ten, counts_from, finished_at from met where nth = 1 and is_late),
given as materialized (
    select attempt, scenario, rating, chosen, rating in ('best', 'fine') as wise, min(step) as step from answers
    where scene = scenario and attempt in (select attempt from fresh) group by attempt, scenario),
tries as materialized (select attempt, count(*) - 1 as others, sum(wise) as wise from given group by attempt),
placed as (
    select f.scenario, f.words, f.whom, f.ten, f.counts_from, f.finished_at, g.rating, g.chosen, g.wise,
        cast(round(100.0 * (t.wise - g.wise) / nullif(t.others, 0)) as integer) as others,
        row_number() over (partition by f.words, f.whom order by f.counts_from, f.finished_at, f.attempt) - 1 as place
    from fresh f join given g on g.attempt = f.attempt and g.scenario = f.scenario join tries t on t.attempt = f.attempt)
select scenario, words, whom, ten + place / {TEN} + 1 as ten, sum(rating = 'best') as best, sum(rating = 'fine') as fine,
    sum(rating = 'poor') as poor, sum(rating = 'breach') as breach, json_group_array(json(chosen)) as chosen,
    iif(count(others) = {TEN}, total(others * wise), null) as others_wise,
    iif(count(others) = {TEN}, total(others * others * wise), null) as others_wise_squares,
    iif(count(others) = {TEN}, total(others * (1 - wise)), null) as others_unwise,
    iif(count(others) = {TEN}, total(others * others * (1 - wise)), null) as others_unwise_squares,
    min(counts_from) as from_at, substr(max(counts_from || finished_at), 1, 27) as until_at,
    substr(max(counts_from || finished_at), 28) as finished_at
from placed group by words, whom, place / {TEN} having count(*) = {TEN} order by words, whom, place / {TEN}"""
_COLUMNS = (
    "scenario", "words", "whom", "ten", "best", "fine", "poor", "breach", "chosen", "others_wise", "others_wise_squares",
    "others_unwise", "others_unwise_squares", "from_at", "until_at", "finished_at",
)
_KEEP = (
    f"insert into scenario_tens ({', '.join(_COLUMNS)}, at) values ({', '.join(f':{name}' for name in _COLUMNS)}, :at)"
    " on conflict (words, whom, ten) do nothing"
)

# What is told
_RECENT = "from scenario_tens where until_at >= :last_year"
_PARTS = f"""
select words, whom, until_at >= :this_year as this_year, sum(best) as best, sum(fine) as fine, sum(poor) as poor,
    sum(breach) as breach, count(others_wise) as with_others, min(from_at) as since
{_RECENT} group by words, whom, 3 order by 3, whom desc"""
_CHOSEN = f"""
select t.words, t.whom, c.key as option, sum(c.value) as people from (select words, whom, chosen {_RECENT}) t, json_each(t.chosen) c
group by t.words, t.whom, c.key order by cast(c.key as integer)"""
_OTHERS = f"""
with first (words, tens) as materialized (select key, value from json_each(:first)),
placed as (select *, row_number() over (partition by words order by until_at, finished_at, id) as place {_RECENT}
    and others_wise is not null)
select p.words, {TEN} * count(*) as people, sum(best + fine) as wise, sum(others_wise) as others_wise,
    sum(others_wise_squares) as others_wise_squares, sum(others_unwise) as others_unwise,
    sum(others_unwise_squares) as others_unwise_squares
from placed p join first f on f.words = p.words and p.place <= f.tens group by p.words"""


def quizzes(db: Database) -> list[str]:
    """The versions of scenarios that anybody has finished a try at."""
    return [row["version"] for row in db.rows("select distinct quiz_version as version from attempts where finished_at is not null")]


def late(db: Database, known: Known, now: datetime) -> Mapping[str, int]:
    """For each scenario, by its words, how many tries at most are to be counted still, where those may fill a ten."""
    return {row["words"]: row["tries"] for row in db.rows(_HOW_MANY, _values(known, now))}


def full(db: Database, known: Known, now: datetime) -> list[dict[str, Any]]:
    """The tens that are full by now and not counted yet."""
    return [{**row, "chosen": _by_option(row["chosen"])} for row in db.rows(_FULL, _values(known, now))]


def _values(known: Known, now: datetime) -> dict[str, object]:
    flat = [[quiz, scenario, words] for quiz, scenarios in known.items() for scenario, words in scenarios.items()]
    return {"known": json.dumps(flat), "now": moment_text(now), "a_week": f"+{NEW_HERE.days} days"}


def _by_option(chosen: str) -> str:
    """How many chose each option, out of what each of them chose."""
    people = Counter(option for one in json.loads(chosen) for option in set(one))
    return json.dumps({str(option): people[option] for option in sorted(people)}, separators=(",", ":"))


def keep(db: Database, tens: Sequence[Mapping[str, Any]], now: datetime) -> None:
    """Inside a transaction: keep these tens; what another has kept meanwhile stays."""
    for ten in tens:
        db.execute(_KEEP, {**ten, "at": moment_text(now)})


def told(db: Database, this_year: date, last_year: date) -> Mapping[str, Told]:
    """What the tens come to that came full since the last school year began, by the words of a scenario; remembered until there
    are more of them."""
    return db.remembered(("scenario tens", this_year, last_year), GROW, lambda: _told(db, this_year, last_year))


def _told(db: Database, this_year: date, last_year: date) -> Mapping[str, Told]:
    values = {"this_year": day_begins(this_year), "last_year": day_begins(last_year)}
    chosen: dict[tuple[str, str], dict[int, int]] = defaultdict(dict)
    for row in db.rows(_CHOSEN, values):
        chosen[row["words"], row["whom"]][int(row["option"])] = row["people"]
    parts, with_others = defaultdict(list), Counter[str]()
    for row in db.rows(_PARTS, values):
        counts = {rating: row[rating] for rating in Rating}
        parts[row["words"]].append(Part(Whom(row["whom"]), bool(row["this_year"]), counts, local_day(row["since"])))
        with_others[row["words"]] += row["with_others"]
    first = json.dumps({words: compared(tens) for words, tens in with_others.items()})
    others = {row["words"]: _others(row) for row in db.rows(_OTHERS, {**values, "first": first})}
    return {
        words: Told(tuple(each), {whom: chosen[words, whom] for whom in Whom if (words, whom) in chosen}, others.get(words))
        for words, each in parts.items()
    }


def _others(row: Mapping[str, Any]) -> tuple[Others, Others]:
    wise, people = row["wise"], row["people"]
    return Others(wise, row["others_wise"], row["others_wise_squares"]), Others(
        people - wise, row["others_unwise"], row["others_unwise_squares"]
    )
