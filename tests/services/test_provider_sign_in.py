"""Signing in elsewhere: whose account it is that came back, whether they come in, and the hourly look."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from induction.records.people import (
    code_apps,
    kept_forms,
    one_time_links,
    people,
    provider_accounts,
    sessions,
    sign_in_events,
    waiting_accounts,
)
from induction.records.people.one_time_links import Ended, LinkKind
from induction.records.people.people import EmailTaken, LastLead
from induction.records.people.provider_accounts import How
from induction.records.school import post_office
from induction.records.store.database import transaction
from induction.rules.days_here import When
from induction.rules.openid import Account, Gone, ProviderFault, Reason, Still, google, other
from induction.rules.second_factor import Due, SessionWay
from induction.rules.sign_in_elsewhere import NotIn
from induction.rules.sign_in_events import EventKind
from induction.rules.sign_in_rules import SignInRules, Strangers
from induction.services import kept_forms as kept_deeds
from induction.services import people as people_deeds
from induction.services import provider_accounts as leads
from induction.services import provider_looks, providers, sign_in, sign_in_rules
from induction.services import provider_sign_in as deeds
from induction.services.provider_sign_in import CameBack, NotLetIn
from induction.services.sign_in import Begun, Browser
from induction.settings import OpenIDThere, Settings
from tests.records.making import NOW

GOOGLE = google("7.apps.googleusercontent.com", "secret", "school.example")
KEYCLOAK = other("Keycloak", "https://sso.school.example/realms/staff", "induction", "secret")
BROWSER = Browser("Firefox on Windows", None, "", None)
STATES = iter(range(1000))
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


@pytest.fixture
def here(db, cast):
    db.path.with_name("secret-key").write_bytes(b"k" * 32)
    settings = Settings(db.path.parent)
    for each in (GOOGLE, KEYCLOAK):
        providers.set_up(db, settings, each, lambda _: True, by=None, now=NOW)
    return settings


@pytest.fixture
def come(db, here):
    """Somebody comes back from the provider with an account."""

    def come(who="tess", subject=None, provider=GOOGLE, proved=True, now=NOW, **more):
        address = who if "@" in who or not who else f"{who}@school.example"
        account = Account(provider.issuer, subject or f"subject of {who}", address, proved, more.pop("name", "Whoever"))
        back = CameBack(provider, account, more.pop("refresh_token", "refresh"), more.pop("state", f"state {next(STATES)}"), **more)
        return deeds.come_in(db, here, back, BROWSER, now)

    return come


def why(outcome):
    assert isinstance(outcome, NotLetIn), outcome
    return outcome.why


def invite(db, person, now=NOW, by=None):
    with transaction(db):
        return one_time_links.make(db, LinkKind.INVITATION, person.id, now, by)


def events(db, person):
    found = sign_in_events.of_person(db, person.id)
    return [(each.what, each.by, each.about, each.device) for each in found if each.what is not EventKind.NEW_DEVICE]


def rules(db, here, **changes):
    wanted = replace(SignInRules(14, True, Strangers.REFUSED), **changes)
    sign_in_rules.decide(db, here, wanted, lambda _: True, by=None, now=NOW)


def test_the_first_time_an_account_is_linked_by_its_proved_address_and_from_then_on_known_by_itself(db, cast, come):
    begun = come("tess")
    assert isinstance(begun, Begun) and begun.signed_in.person.id == cast.tess.id
    assert (begun.signed_in.way, begun.signed_in.due) == (SessionWay.GOOGLE, None)
    [account] = provider_accounts.of_person(db, cast.tess.id)
    assert (account.subject, account.address, account.how) == ("subject of tess", "tess@school.example", How.ADDRESS)
    assert events(db, cast.tess) == [(EventKind.LINKED, cast.tess.id, "tess@school.example", "Firefox on Windows")]
    assert people.find(db, cast.tess.id).can_sign_in and not people.find(db, cast.tess.id).has_password
    again = come("tess.married@school.example", "subject of tess", name="Tess Newname")
    assert again.signed_in.person.id == cast.tess.id and again.signed_in.person.name == "Tess Okafor"
    assert come("", "subject of tess", proved=False, name="").signed_in.person.id == cast.tess.id
    assert len(events(db, cast.tess)) == 1 and len(provider_accounts.of_person(db, cast.tess.id)) == 1


@pytest.mark.parametrize("who, proved", [("nobody", True), ("tess", False), ("ana", True), ("", True)])
def test_an_address_of_nobody_of_somebody_who_has_left_or_that_isnt_proved_opens_nothing(db, cast, come, who, proved):
    assert why(come(who, proved=proved)) is NotIn.NOBODY
    assert db.value("select count(*) from provider_accounts") == db.value("select count(*) from sessions") == 0


def test_an_address_that_moved_to_another_person_opens_nothing_until_a_lead_takes_the_old_account_away(db, cast, come):
    old = come("tess", "the first Tess there").signed_in
    assert why(come("tess", "another Tess there")) is NotIn.ANOTHER_ACCOUNT
    gone = leads.take_away(db, cast.tess.id, old.account_id, by=cast.lou.id, now=NOW)
    assert gone.address == "tess@school.example" and db.value("select count(*) from sessions") == 0
    assert leads.take_away(db, cast.tess.id, old.account_id, by=cast.lou.id, now=NOW) is None
    assert why(come("tess", "the first Tess there")) is NotIn.TAKEN_AWAY
    assert why(come("tess", "another Tess there")) is NotIn.LINKED_BEFORE, "the address says nothing any more"
    assert come("tess", "another Tess there", invitation=invite(db, cast.tess)).signed_in.person.id == cast.tess.id
    assert [each[:3] for each in events(db, cast.tess)][1] == (EventKind.UNLINKED, cast.lou.id, "tess@school.example")


def test_one_person_may_have_an_account_at_each_provider(db, cast, come):
    assert come("tess").signed_in.way is SessionWay.GOOGLE
    assert come("tess", "77", KEYCLOAK).signed_in.way is SessionWay.OTHER
    assert len(provider_accounts.of_person(db, cast.tess.id)) == 2


def test_an_invitation_links_whatever_account_of_the_school_and_is_used_up(db, cast, come):
    token = invite(db, cast.sam, by=cast.lou.id)
    begun = come("s.price.1987@school.example", invitation=token)
    assert begun.signed_in.person.id == cast.sam.id
    [(what, by, about, _)] = events(db, cast.sam)
    assert (what, by) == (EventKind.LINKED, cast.sam.id)
    assert about == "s.price.1987@school.example, by the invitation of 24 November 2026"
    assert one_time_links.why_ended(db, LinkKind.INVITATION, token) is Ended.USED
    assert why(come("somebody.else@school.example", invitation=token)) is NotIn.LINK_ENDED
    assert come("s.price.1987@school.example", invitation=token).signed_in.person.id == cast.sam.id, "theirs it is all the same"


def test_an_account_that_says_no_address_comes_in_by_an_invitation_alone(db, cast, come):
    assert why(come("", "77", KEYCLOAK, proved=False)) is NotIn.NOBODY
    assert come("", "77", KEYCLOAK, proved=False, invitation=invite(db, cast.sam)).signed_in.person.id == cast.sam.id
    assert events(db, cast.sam)[0][2].startswith("Keycloak, by the invitation of")


def test_an_invitation_is_not_taken_up_with_a_colleagues_account(db, cast, come):
    come("tess")
    token = invite(db, cast.sam)
    assert why(come("tess", invitation=token)) is NotIn.SOMEBODY_ELSES
    assert one_time_links.find(db, LinkKind.INVITATION, token, NOW), "it is still good"


def test_whoever_has_left_signs_in_no_longer_and_is_linked_anew_by_an_invitation(db, cast, come):
    come("tess")
    people_deeds.end(db, cast.tess.id, by=cast.lou.id, now=NOW, follower=None)
    assert db.value("select count(*) from sessions") == 0 and not people.find(db, cast.tess.id).can_sign_in
    assert why(come("tess")) is NotIn.TAKEN_AWAY
    people_deeds.bring_back(db, cast.tess.id, by=cast.lou.id, now=NOW)
    assert why(come("tess")) is NotIn.TAKEN_AWAY, "by its address it is linked once"
    assert come("tess", invitation=invite(db, cast.tess)).signed_in.person.id == cast.tess.id


def test_it_is_not_their_day(db, cast, come):
    with transaction(db):
        people.update(db, cast.tess.id, starts=date(2026, 12, 1), now=NOW)
    token = invite(db, cast.tess)
    for more in ({}, {"invitation": token}):
        outcome = come("tess", **more)
        assert why(outcome) is NotIn.SHUT and outcome.shut.when is When.BEFORE
    assert provider_accounts.of_person(db, cast.tess.id) == []
    assert come("tess", now=NOW + 7 * 24 * HOUR, invitation=token).signed_in.person.id == cast.tess.id


def test_a_sign_in_is_finished_once_and_only_where_it_is_set_up_as_when_it_began(db, here, come):
    assert come("tess", state="one")
    assert why(come("tess", state="one")) is NotIn.SPENT
    assert why(come("sam", provider=replace(GOOGLE, domain="another.example"))) is NotIn.CHANGED
    providers.take_away(db, here, GOOGLE.kind, by=None, now=NOW)
    assert why(come("sam")) is NotIn.CHANGED


class TestHeld:
    @pytest.fixture(autouse=True)
    def held(self, db, cast, here, come):
        rules(db, here, strangers=Strangers.HELD)
        come("lou")
        with transaction(db):
            post_office.set_up(db, "https://x.example", True)

    def test_a_stranger_of_the_schools_domain_waits_once_and_leads_are_told_once_a_day(self, db, come):
        assert [why(come("new", name="N" * 300)) for _ in range(2)] == [NotIn.WAITS] * 2
        assert why(come("newer", now=NOW + HOUR)) is NotIn.WAITS
        assert [(each.address, len(each.name)) for each in waiting_accounts.listing(db)] == [
            ("new@school.example", 200), ("newer@school.example", 7)
        ]  # fmt: skip
        letters = db.rows("select subject, words from letters where kind = 'account waits'")
        assert len(letters) == 1 and "new@" not in str(letters) and "https://x.example/school/sign-in" in letters[0]["words"]

    @pytest.mark.parametrize("who, more", [("new", {"provider": KEYCLOAK}), ("new", {"proved": False}), ("ana", {})])
    def test_where_no_domain_says_that_it_is_the_schools_nobody_waits_nor_does_a_leaver(self, db, come, who, more):
        assert why(come(who, **more)) is NotIn.NOBODY
        assert waiting_accounts.listing(db) == []

    def test_let_in_they_are_a_teacher_of_the_name_that_the_lead_wrote(self, db, cast, come):
        come("new")
        [waiting] = waiting_accounts.listing(db)
        person = leads.let_in(db, waiting.id, "Nell Wu", by=cast.lou.id, now=NOW)
        assert (person.name, person.role.value, person.email) == ("Nell Wu", "teacher", "new@school.example")
        [letter] = db.rows("select email, words from letters where kind = 'let in'")
        assert letter["email"] == "new@school.example" and "\nhttps://x.example/sign-in" in letter["words"]
        assert events(db, person) == [(EventKind.LET_IN, cast.lou.id, "new@school.example", "Firefox on Windows")]
        assert come("new").signed_in.person.id == person.id
        assert leads.let_in(db, waiting.id, "Nell Wu", by=cast.lou.id, now=NOW) is None and waiting_accounts.count(db) == 0

    def test_one_whose_address_somebody_has_by_then_is_not_added_twice(self, db, cast, come):
        come("new")
        with transaction(db):
            people.update(db, cast.sam.id, email="new@school.example", now=NOW)
        [waiting] = waiting_accounts.listing(db)
        with pytest.raises(EmailTaken):
            leads.let_in(db, waiting.id, "Nell Wu", by=cast.lou.id, now=NOW)
        assert come("new").signed_in.person.id == cast.sam.id and waiting_accounts.listing(db) == []

    def test_refused_they_stay_so_until_they_are_invited(self, db, cast, come):
        come("new")
        [waiting] = waiting_accounts.listing(db)
        assert [leads.refuse(db, waiting.id, by=cast.lou.id, now=NOW) for _ in range(2)] == [True, False]
        assert why(come("new")) is NotIn.REFUSED and waiting_accounts.listing(db, refused=True)
        assert come("new", invitation=invite(db, cast.sam)).signed_in.person.id == cast.sam.id


def test_the_account_of_the_only_lead_who_can_come_in_stays(db, cast, come):
    lou = come("lou").signed_in
    with pytest.raises(LastLead):
        leads.take_away(db, cast.lou.id, lou.account_id, by=cast.lou.id, now=NOW)
    assert sessions.by_accounts(db, NOW) == {lou.account_id}
    with pytest.raises(LastLead):
        people_deeds.end(db, cast.lou.id, by=None, now=NOW, follower=None)


def test_asked_again_the_same_account_proves_it_and_no_other(db, here, cast, come):
    begun = come("tess")
    late = NOW + timedelta(minutes=30)

    def again(subject, token=begun.token):
        back = CameBack(GOOGLE, Account(GOOGLE.issuer, subject, "", False, ""), None, f"state {next(STATES)}")
        return deeds.prove_again(db, here, back, token, late)

    come("sam")
    assert [why(again(each)) for each in ("nobody's", "subject of sam")] == [NotIn.NOT_THE_SAME] * 2
    token, signed_in = again("subject of tess")
    assert signed_in.confirmed_at == late and token != begun.token and sessions.find(db, begun.token, late) is None
    assert why(again("subject of tess", begun.token)) is NotIn.SIGNED_OUT


def test_where_teachers_have_no_password_theirs_opens_nothing_and_a_mentors_does(db, here, cast):
    with transaction(db):
        for who in (cast.tess, cast.max):
            people.set_password(db, who.id, "$argon2id$ of the tests", now=NOW)
    tess, mentor = (people.password_of(db, each.email) for each in (cast.tess, cast.max))
    rules(db, here, teachers_by_password=False)
    assert sign_in.begin(db, tess, BROWSER, NOW, settings=here) is sign_in.begin(db, tess, BROWSER, NOW) is None
    assert sign_in.begin(db, mentor, BROWSER, NOW, settings=here)
    token = sign_in.begin(db, mentor, BROWSER, NOW, settings=here).token
    assert sign_in.change_password(db, tess, "another", token=token, device="", now=NOW, settings=here) is None
    link = invite(db, cast.tess)
    assert sign_in.choose_password(db, LinkKind.INVITATION, link, "another", device="", now=NOW, settings=here) is None
    assert one_time_links.find(db, LinkKind.INVITATION, link, NOW) and people.password_of(db, tess.email) == tess


class TestLook:
    @pytest.fixture
    def look(self, db, here):
        """The look at a moment; the provider answers as it is told to, and all that it was asked with."""

        def look(says, at):
            asked = []

            def ask(provider, token):
                asked.append(token)
                answer = says.get(token, Still(None)) if isinstance(says, dict) else says
                if isinstance(answer, Exception):
                    raise answer
                return answer

            return provider_looks.look(db, here, ask, at), asked

        return look

    def test_after_fifty_minutes_it_is_asked_and_whoever_is_gone_is_signed_out(self, db, cast, come, look):
        tess, sam = come("tess", refresh_token="t"), come("sam", refresh_token="s")
        assert look({}, NOW + 49 * MINUTE) == (0, [])
        gone, asked = look({"t": Gone()}, NOW + 51 * MINUTE)
        assert gone == 1 and sorted(asked) == ["s", "t"]
        assert sessions.find(db, tess.token, NOW + 51 * MINUTE) is None
        assert sessions.find(db, sam.token, NOW + 51 * MINUTE)
        assert look({}, NOW + 55 * MINUTE) == (0, []), "they were asked after a moment ago"
        assert [each[0] for each in events(db, cast.tess)] == [EventKind.LINKED]
        assert come("tess").signed_in.person.id == cast.tess.id, "the provider says who may come in"

    def test_nobody_is_asked_after_who_is_not_signed_in(self, come, look):
        come("tess")
        assert look(Gone(), NOW + 61 * MINUTE) == (0, [])

    def test_the_next_token_takes_the_place_of_the_one_before(self, db, come, look):
        come("tess", refresh_token="one", own_phone=True)
        assert look(Still("two"), NOW + HOUR)[1] == ["one"]
        assert look({}, NOW + 2 * HOUR)[1] == ["two"]
        assert "two" not in str(db.rows("select * from provider_tokens"))

    def test_a_provider_that_is_down_ends_nobodys_session_and_is_asked_once_a_round(self, db, come, look):
        tess = come("tess", own_phone=True, refresh_token="t")
        come("sam", own_phone=True, refresh_token="s")
        for hours in (1, 2):
            assert len(look(ProviderFault(Reason.DOWN), NOW + hours * HOUR)[1]) == 1
        assert sessions.find(db, tess.token, NOW + 2 * HOUR)
        assert provider_accounts.failing_since(db) == NOW + HOUR
        assert len(look({}, NOW + 3 * HOUR)[1]) == 2 and provider_accounts.failing_since(db) is None

    def test_a_silence_is_told_of_as_long_as_somebody_is_signed_in_there(self, db, come, look):
        tess = come("tess", own_phone=True, refresh_token="t")
        look(ProviderFault(Reason.DOWN), NOW + HOUR)
        assert provider_accounts.failing_since(db) == NOW + HOUR
        sign_in.sign_out(db, tess.token)
        assert provider_accounts.failing_since(db) is None, "nobody is asked after any more, so nothing could put it right"

    def test_whoever_proves_it_anew_while_it_is_asked_stays(self, db, here, come):
        tess = come("tess", own_phone=True, refresh_token="t")

        def ask(provider, token):
            come("tess", refresh_token="newer")
            raise Gone

        assert provider_looks.look(db, here, ask, NOW + HOUR) == 0
        assert sessions.find(db, tess.token, NOW + HOUR)

    def test_one_account_that_is_answered_with_nonsense_keeps_nobody_from_being_asked_after(self, come, look):
        come("tess", own_phone=True, refresh_token="t")
        come("sam", own_phone=True, refresh_token="s")
        assert sorted(look({"t": ProviderFault(Reason.NONSENSE)}, NOW + HOUR)[1]) == ["s", "t"]

    def test_where_nobody_can_be_asked_a_session_ends_an_hour_after_it_was_proved(self, db, here, come, look):
        tess, sam = come("tess", own_phone=True, refresh_token=None), come("sam", "9", KEYCLOAK, own_phone=True)
        look({}, NOW + 49 * MINUTE)
        assert sessions.find(db, tess.token, NOW + 49 * MINUTE)
        with transaction(db):
            db.execute("delete from providers where kind = 'other'")
        look({}, NOW + 51 * MINUTE)
        assert [sessions.find(db, each.token, NOW + 51 * MINUTE) for each in (tess, sam)] == [None, None]

    def test_a_token_sealed_with_a_key_that_was_lost_is_no_token(self, db, here, come):
        tess = come("tess", own_phone=True)
        db.path.with_name("secret-key").write_bytes(b"z" * 32)
        on_the_server = replace(here, openid=OpenIDThere(GOOGLE.issuer, GOOGLE.client_id, "secret", GOOGLE.domain, ""))
        assert provider_looks.look(db, on_the_server, lambda *_: pytest.fail("asked with what?"), NOW + HOUR) == 1
        assert sessions.find(db, tess.token, NOW + HOUR) is None

    def test_what_was_typed_long_ago_goes(self, db, cast, look):
        kept_deeds.keep(db, "token", cast.tess.id, "words", NOW)
        look({}, NOW + 13 * HOUR)
        assert db.value("select count(*) from kept_forms") == 0
        kept_deeds.keep(db, "token", cast.tess.id, "words", NOW)
        assert kept_deeds.take(db, "token", cast.sam.id, NOW) is None
        assert [kept_deeds.take(db, "token", cast.tess.id, NOW) for _ in range(2)] == ["words", None]
        assert kept_forms.find(db, "token", cast.tess.id, NOW) is None


def test_an_account_that_becomes_somebodys_is_no_way_past_their_second_step(db, cast, come):
    with transaction(db):
        code_apps.put(db, cast.lou.id, "sealed", 0, NOW)
    assert come("lou").signed_in.due is Due.FACTOR
    assert come("lou").signed_in.due is None, "from then on the school's own sign-in counts"


def test_the_invitation_of_another_links_nobody_who_is_known_here_by_that_address(db, cast, come):
    assert why(come("sam", invitation=invite(db, cast.tess))) is NotIn.SOMEBODY_ELSES
    assert come("tess.new", invitation=invite(db, cast.tess)).signed_in.person.id == cast.tess.id
