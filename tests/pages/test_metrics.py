"""Figures for monitoring: to this machine itself or with the token, else there is no such page; nothing about anybody."""

from datetime import UTC, datetime

import pytest
from prometheus_client.parser import text_string_to_metric_families

from induction import __version__
from induction.records.school import chores
from induction.records.store.database import transaction
from tests.cast import own_site

TOKEN = "a-long-random-word"
URL = "https://induction.wrenfield.example"


@pytest.fixture
def site(template, tmp_path):
    """Builds a site with settings."""
    made = []

    def build(**settings):
        made.append(own_site(template, tmp_path / f"data{len(made)}", **settings))
        return made[-1]

    yield build
    for each in made:
        each.records.close()


def ask(cast, peer="127.0.0.1", **headers):
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    return cast.app.test_client().get("/metrics", headers=headers, environ_base={"REMOTE_ADDR": peer})


def figures(answer):
    assert answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/plain")
    text = answer.get_data(as_text=True)
    return {
        (sample.name, *sample.labels.values()): sample.value for family in text_string_to_metric_families(text) for sample in family.samples
    }


def test_the_figures(site):
    cast = site()
    with transaction(cast.records):
        now = datetime.now(UTC)
        chores.claim(cast.records, "certificate", "c" * 16, until=now, before=now, now=now)
        chores.end(cast.records, "certificate", "c" * 16, "It rained", now)
    assert cast.tess and cast.lou
    found = figures(ask(cast))
    assert found["induction_version", __version__] == found["induction_ready",] == 1
    assert found["induction_well", "database"] == 1 and found["induction_well", "chores"] == 0
    assert found["induction_letters_waiting",] == found["induction_letters_refused",] == 0
    assert found["induction_free_bytes",] > found["induction_school_bytes",] > 0
    assert found["induction_people_here_today",] == 2
    assert found["induction_backups",] == 0
    assert found["induction_chore_well", "certificate"] == 0
    assert abs(found["induction_chore_begun_seconds", "certificate"] - now.timestamp()) < 1
    text = ask(cast).get_data(as_text=True)
    for personal in ("Tess", "wrenfield", "@", str(cast.data)):
        assert personal not in text
    assert figures(ask(cast)) .keys() == found.keys(), "asked twice, nothing is registered twice"


def test_from_this_machine_without_a_proxy_it_is_open_under_its_own_names(site):
    cast = site()
    for peer in ("127.0.0.1", "127.9.9.9", "::1"):
        assert ask(cast, peer).status_code == 200
    for host in ("localhost:8000", "127.0.0.1", "[::1]:8000"):
        assert ask(cast, Host=host).status_code == 200
    for host in ("10.0.0.7:8000", "induction.school.example", "127.0.0.1.school.example"):
        assert ask(cast, Host=host).status_code == 404, "it came through something that stands in front"


@pytest.mark.parametrize("peer", ["192.0.2.7", "10.0.0.1", "", "nonsense"])
def test_from_elsewhere_there_is_no_such_page(site, peer):
    cast = site()
    assert ask(cast, peer).status_code == 404
    assert ask(cast, peer, X_Forwarded_For="127.0.0.1").status_code == 404


@pytest.mark.parametrize("header", ["X_Forwarded_Proto", "X_Forwarded_Host", "X_Forwarded_For", "Forwarded", "Via"])
def test_whoever_comes_through_the_proxy_on_this_machine_is_a_stranger(site, header):
    cast = site(url=URL, trusted_proxy="127.0.0.1")
    assert ask(cast, **{header: "https"}).status_code == 404
    assert ask(cast).status_code == 200, "a program on this machine that asks the site itself"


def test_behind_a_proxy_that_is_not_named_nobody_is_this_machine(site):
    """Its word is taken away before it comes here."""
    assert ask(site(url=URL)).status_code == 404


def test_with_the_token_it_is_open_to_anybody(site):
    cast = site(url=URL, trusted_proxy="127.0.0.1", metrics_token=TOKEN)
    assert ask(cast, "192.0.2.7", Authorization=f"Bearer {TOKEN}", X_Forwarded_Proto="https").status_code == 200
    for wrong in ("Bearer", "Bearer ", f"Bearer {TOKEN}x", f"bearer {TOKEN}", f"Basic {TOKEN}", TOKEN, "Bearer é"):
        assert ask(cast, "192.0.2.7", Authorization=wrong).status_code == 404
    assert ask(site(), "192.0.2.7", Authorization="Bearer None").status_code == 404, "where there is none, none fits"


def test_it_looks_like_any_address_that_is_not_there(site):
    cast = site(metrics_token=TOKEN)
    here, nowhere = ask(cast, "192.0.2.7"), cast.app.test_client().get("/nowhere-at-all")
    assert here.status_code == 404 and here.headers["Content-Type"] == nowhere.headers["Content-Type"]


def test_without_a_database_the_rest_is_told(site):
    cast = site()
    cast.records.close()
    (cast.data / "induction.db").rename(cast.data / "elsewhere.db")
    found = figures(ask(cast))
    assert found["induction_ready",] == found["induction_well", "database"] == 0
    assert ("induction_version", __version__) in found and ("induction_people_here_today",) not in found
