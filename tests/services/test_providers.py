"""Where people sign in elsewhere is set up, changed and taken away; and the rules of signing in."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from induction.records.people import people, sessions, sign_in_rules, waiting_accounts
from induction.records.people.sessions import Beginning
from induction.records.school import providers as records
from induction.records.store.database import transaction
from induction.rules.openid import ProviderKind, google, microsoft, other
from induction.rules.roles import Role
from induction.rules.second_factor import SessionWay
from induction.rules.sign_in_rules import SignInRules, Strangers
from induction.services import health, providers
from induction.services import sign_in_rules as deeds
from induction.services.providers import NoLeadGetsIn, OnlyWayIn, OnTheServer, ProviderMeanwhile
from induction.services.sign_in_rules import NoWayElse, RulesMeanwhile
from induction.settings import BadSettings, OpenIDThere, Settings

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
SECRET = "GOCSPX-of-the-tests"
OURS = google("7.apps.googleusercontent.com", SECRET, "wrenfield.example")
TENANT = "5f1e7d4a-0c1b-4a6e-9a52-3d0f8f6f7a11"
THERE = OpenIDThere("https://accounts.google.com", "8.apps.googleusercontent.com", "of-the-server", "wrenfield.example", "")
CLOSED = SignInRules(14, False, Strangers.REFUSED)


@pytest.fixture
def here(db, cast):
    """Settings beside the records, with the key that secrets are sealed with."""
    key = db.path.with_name("secret-key")
    if not key.exists():
        key.write_bytes(b"k" * 32)
    return Settings(db.path.parent)


def set_up(db, here, provider=OURS, shown=True, now=NOW, by=None):
    return providers.set_up(db, here, provider, lambda _: shown, by=by, now=now)


def acts(db):
    return db.rows("select what, about, was, became from acts where what like 'provider%' order by id")


def sign_in(db, cast, who, way=SessionWay.PASSWORD, own_phone=False, account=None):
    with transaction(db):
        return sessions.start(db, getattr(cast, who).id, device="", now=NOW, how=Beginning(way, account, None, own_phone))


def link(db, person, issuer=OURS.issuer):
    with transaction(db):
        db.execute(
            "insert into provider_accounts (person, at, issuer, subject, address, how) values (?, ?, ?, ?, 'a', 'address')",
            [person.id, "2026-11-24T09:30:00.000000Z", issuer, f"s{person.id}"],
        )
        return db.value("select max(id) from provider_accounts")


def test_set_up_it_is_there_with_its_secret_sealed_and_noted_without(db, cast, here):
    assert providers.configured(db, here) == []
    assert set_up(db, here, by=cast.lou.id)
    assert providers.configured(db, here) == [OURS] and providers.of_kind(db, here, "google") == OURS
    assert SECRET not in str(db.rows("select * from providers"))
    assert not any(SECRET.encode() in file.read_bytes() for file in db.path.parent.glob("induction.db*"))
    assert acts(db) == [{
        "what": "provider set", "about": "Google", "was": "{}",
        "became": '{"Client ID": "7.apps.googleusercontent.com", "Google Workspace domain": "wrenfield.example"}',
    }]  # fmt: skip


def test_changed_it_is_told_what_and_of_a_secret_only_that_it_is_new(db, cast, here):
    set_up(db, here)
    assert not set_up(db, here, replace(OURS, client_secret="")), "without one the secret stays"
    assert set_up(db, here, replace(OURS, client_secret="another"))
    assert providers.configured(db, here)[0].client_secret == "another"
    assert set_up(db, here, replace(OURS, client_secret="", client_id="9"))
    assert providers.configured(db, here)[0].client_secret == "another"
    assert [(each["was"], each["became"]) for each in acts(db)[1:]] == [
        ("{}", '{"Client secret": "a new client secret"}'),
        ('{"Client ID": "7.apps.googleusercontent.com"}', '{"Client ID": "9"}'),
    ]


def test_nobody_overwrites_unseen_what_another_has_saved(db, cast, here):
    set_up(db, here)
    with pytest.raises(ProviderMeanwhile) as meanwhile:
        set_up(db, here, replace(OURS, client_id="9"), shown=False)
    assert meanwhile.value.stored.provider == OURS and providers.configured(db, here) == [OURS]


def test_another_tenant_ends_the_sessions_that_began_at_the_one_before(db, cast, here):
    set_up(db, here, before := microsoft("id", "a-secret", TENANT))
    account = link(db, cast.tess, before.issuer)
    there, password = sign_in(db, cast, "tess", SessionWay.MICROSOFT, account=account), sign_in(db, cast, "tess")
    set_up(db, here, replace(before, client_secret="another"))
    assert sessions.find(db, there, NOW)
    set_up(db, here, microsoft("id", "a-secret", TENANT.replace("5", "6")))
    assert not sessions.find(db, there, NOW) and sessions.find(db, password, NOW)


def test_taken_away_its_sessions_end_and_its_accounts_stay_known(db, cast, here):
    set_up(db, here)
    account = link(db, cast.tess)
    there, password = sign_in(db, cast, "tess", SessionWay.GOOGLE, account=account), sign_in(db, cast, "sam")
    with transaction(db):
        people.set_password(db, cast.lou.id, "as-long-as-a-hash-has-to-be", now=NOW)
        waits, refused = (waiting_accounts.put(db, OURS.issuer, name, f"{name}@wrenfield.example", name, "", NOW) for name in ("k", "e"))
        waiting_accounts.refuse(db, refused, NOW)
    assert providers.take_away(db, here, ProviderKind.GOOGLE, by=cast.lou.id, now=NOW) == 1
    assert providers.take_away(db, here, ProviderKind.GOOGLE, by=cast.lou.id, now=NOW) is None, "pressed twice"
    assert providers.configured(db, here) == [] and not sessions.find(db, there, NOW) and sessions.find(db, password, NOW)
    assert db.value("select count(*) from provider_accounts where ended_at is null") == 1
    assert waiting_accounts.find(db, waits) is None and waiting_accounts.find(db, refused)
    assert [each["what"] for each in acts(db)] == ["provider set", "provider gone"] and SECRET not in str(acts(db))


def test_no_lead_locks_all_leads_out(db, cast, here):
    set_up(db, here, before := microsoft("id", "a-secret", TENANT))
    link(db, cast.lou, before.issuer)
    with transaction(db):
        db.execute("update people set password_hash = null where role = 'lead'")
    lou = cast.lou.id
    with pytest.raises(NoLeadGetsIn):
        providers.take_away(db, here, ProviderKind.MICROSOFT, by=lou, now=NOW)
    with pytest.raises(NoLeadGetsIn):
        set_up(db, here, microsoft("id", "a-secret", TENANT.replace("5", "6")), by=lou)
    assert providers.configured(db, here) == [before] and set_up(db, here, replace(before, client_secret="another"), by=lou)
    set_up(db, here)
    link(db, cast.lou)
    assert providers.take_away(db, here, ProviderKind.MICROSOFT, by=lou, now=NOW) == 0
    assert providers.take_away(db, here, ProviderKind.GOOGLE, by=None, now=NOW) == 0, "who is at the server can make a link"


def test_what_the_server_says_wins_and_is_changed_there(db, cast, here):
    set_up(db, here)
    set_up(db, here, other("Keycloak", "https://id.wrenfield.example/realms/staff", "induction", ""))
    fixed = replace(here, openid=THERE)
    assert [(each.kind.value, each.client_id) for each in providers.configured(db, fixed)] == [
        ("google", "8.apps.googleusercontent.com"), ("other", "induction"),
    ]  # fmt: skip
    assert [each.on_the_server for each in providers.standing(db, fixed)] == [True, False]
    with pytest.raises(OnTheServer):
        set_up(db, fixed, replace(OURS, client_id="9"))
    with pytest.raises(OnTheServer):
        providers.take_away(db, fixed, ProviderKind.GOOGLE, by=None, now=NOW)


def test_without_the_key_it_was_sealed_with_it_waits_for_its_secret(db, cast, here):
    set_up(db, here)
    with transaction(db):
        db.execute("update providers set client_secret = 'gAAAAABsealed-with-another-key'")
    assert providers.configured(db, here) == [] and providers.standing(db, here)[0].lost_secret
    found = health.sign_in_elsewhere(SimpleNamespace(db=db, now=NOW))
    assert not found.ok and "The client secret of Google can’t be read any more" in found.words
    assert set_up(db, here) and providers.configured(db, here) == [OURS]


@pytest.mark.parametrize(
    ("said", "kind", "domain"),
    [
        (THERE, ProviderKind.GOOGLE, "wrenfield.example"),
        (replace(THERE, issuer="https://accounts.google.com/", domain=" @Wrenfield.Example"), ProviderKind.GOOGLE, "wrenfield.example"),
        (replace(THERE, issuer=f"https://login.microsoftonline.com/{TENANT.upper()}/v2.0", domain=""), ProviderKind.MICROSOFT, TENANT),
        (replace(THERE, issuer=f"https://login.microsoftonline.com/{TENANT}/v2.0", domain=TENANT), ProviderKind.MICROSOFT, TENANT),
        (OpenIDThere("https://id.wrenfield.example", "induction", "", "", ""), ProviderKind.OTHER, ""),
    ],
)
def test_the_kind_follows_from_the_issuer(said, kind, domain, tmp_path):
    found = providers.given(Settings(tmp_path, openid=said))
    assert (found.kind, found.domain) == (kind, domain)
    assert found.label == {"other": "your school account"}.get(kind.value, kind.value.title())


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"domain": ""}, "INDUCTION_OIDC_DOMAIN can’t be used. Write your school’s Google Workspace domain"),
        ({"domain": "gmail.com"}, "That domain is everybody’s."),
        ({"client_secret": ""}, "INDUCTION_OIDC_CLIENT_SECRET can’t be used. Write the client secret"),
        ({"issuer": "https://login.microsoftonline.com/common/v2.0", "domain": ""}, "INDUCTION_OIDC_ISSUER can’t be used. With that"),
        ({"issuer": f"https://login.microsoftonline.com/{TENANT}/v2.0"}, "INDUCTION_OIDC_DOMAIN names another tenant"),
        ({"issuer": "http://id.wrenfield.example"}, "INDUCTION_OIDC_ISSUER can’t be used. The issuer has to begin with https"),
        ({"issuer": "https://id.wrenfield.example", "name": "n" * 61}, "INDUCTION_OIDC_NAME is too long"),
        ({"issuer": "https://login.microsoftonline.com/"}, "INDUCTION_OIDC_ISSUER names no tenant."),
        ({"client_id": ""}, "INDUCTION_OIDC_CLIENT_ID can’t be used. Write the client ID"),
        ({"issuer": ""}, "INDUCTION_OIDC_ISSUER can’t be used. Write the issuer"),
        ({"client_secret": "of-the-server" * 30}, "INDUCTION_OIDC_CLIENT_SECRET can’t be used. Use at most 300"),
    ],
)
def test_nonsense_on_the_server_is_said_without_the_secret(changed, words, tmp_path):
    with pytest.raises(BadSettings) as said:
        providers.given(Settings(tmp_path, openid=replace(THERE, **changed)))
    assert words in str(said.value) and "of-the-server" not in str(said.value)


# The rules


def decide(db, here, wanted, shown=True, now=NOW, by=None):
    return deeds.decide(db, here, wanted, lambda _: shown, by=by, now=now)


def test_passwords_close_for_teachers_alone_and_only_where_they_get_in_elsewhere(db, cast, here):
    with pytest.raises(NoWayElse):
        decide(db, here, CLOSED)
    set_up(db, here)
    link(db, cast.tess)
    assert (found := deeds.teachers(db, here)).linked == 1 and found.here == db.value(
        "select count(*) from people where active = 1 and role = 'teacher'"
    )
    phone, desk = sign_in(db, cast, "tess", own_phone=True), sign_in(db, cast, "tess")
    assert decide(db, here, CLOSED, by=cast.lou.id) and not decide(db, here, CLOSED)
    assert [deeds.shut_for(db, here, role) for role in Role] == [role is Role.TEACHER for role in Role]
    assert not sessions.find(db, phone, NOW) and sessions.find(db, desk, NOW)
    with pytest.raises(OnlyWayIn):
        providers.take_away(db, here, ProviderKind.GOOGLE, by=None, now=NOW)
    assert sign_in_rules.now(db) == CLOSED


def test_nobody_is_locked_out_by_what_became_of_the_provider(db, cast, here):
    fixed = replace(here, openid=THERE)
    decide(db, fixed, CLOSED)
    assert deeds.shut_for(db, fixed, Role.TEACHER) and not deeds.shut_for(db, here, Role.TEACHER)


def test_rules_decided_meanwhile_are_not_overwritten(db, cast, here):
    decide(db, here, SignInRules(3, True, Strangers.HELD), by=cast.lou.id)
    with pytest.raises(RulesMeanwhile) as meanwhile:
        decide(db, here, SignInRules(0, True, Strangers.REFUSED), shown=False, now=NOW + timedelta(minutes=1))
    assert meanwhile.value.stored == SignInRules(3, True, Strangers.HELD)


def test_who_signs_in_how_is_counted_by_role(db, cast, here):
    set_up(db, here)
    link(db, cast.tess)
    found = {each.role: each for each in deeds.who_signs_in_how(db, here)}
    assert found[Role.TEACHER].elsewhere == 1 and found[Role.LEAD].second_step == 0
    assert sum(each.people for each in found.values()) == db.value("select count(*) from people where active = 1")


def test_records_are_told_google_first(db, cast, here):
    for each in (other("Keycloak", "https://id.example", "i", ""), microsoft("i", "s", TENANT), OURS):
        set_up(db, here, each)
    assert [each.provider.kind.value for each in records.stored(db)] == ["google", "microsoft", "other"]
