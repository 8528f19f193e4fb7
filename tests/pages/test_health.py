"""/healthz and /readyz: process up; could do its work. Strangers are told no more."""

import os

import pytest

from tests.cast import own_site


def test_up_and_ready_in_two_words(cast):
    alive, ready = cast.browser().open("/healthz"), cast.browser().open("/readyz")
    assert (alive.status, alive.body, ready.status, ready.body) == (200, b"up\n", 200, b"ready\n")


def test_a_database_that_is_gone_is_not_ready_and_the_process_is_still_up(template, tmp_path):
    cast = own_site(template, tmp_path / "data")
    cast.records.close()
    os.rename(cast.data / "induction.db", cast.data / "elsewhere.db")
    page = cast.browser().open("/readyz")
    assert (page.status, page.body) == (503, b"not ready\n")
    assert cast.browser().open("/healthz").status == 200


def test_a_look_stands_for_half_a_minute(template, tmp_path):
    """Asking costs nothing: what was found is told again, also to whoever asks a thousand times."""
    cast = own_site(template, tmp_path / "data")
    assert cast.browser().open("/readyz").status == 200
    cast.records.close()
    os.rename(cast.data / "induction.db", cast.data / "elsewhere.db")
    assert cast.browser().open("/readyz").status == 200


@pytest.fixture
def locked_away(template, tmp_path):
    """A site with Tess signed in, whose database was then moved away under it."""
    cast = own_site(template, tmp_path / "data")
    cast.tess.open("/account/devices")
    yield cast
    cast.records.close()


def test_without_a_database_pages_say_so_and_sign_out_clears_the_cookie_anyway(locked_away):
    cast = locked_away
    os.rename(cast.data / "induction.db", cast.data / "elsewhere.db")
    page = cast.tess.send(
        "/account/devices", {"csrf_token": cast.tess.page.field("csrf_token").get("value")}, token=False
    )
    assert page.status == 503 and page.heading == "Not saved yet"
    assert "elsewhere.db" not in page.html and str(cast.data) not in page.html
    cast.tess.page.field("csrf_token")
    token = next(each.get("value") for each in page.document.all("input") if each.get("name") == "csrf_token")
    page = cast.tess.send("/sign-out", {"csrf_token": token}, token=False, follow=False)
    assert page.status == 303 and page.headers["Clear-Site-Data"] == '"cache"'
    with cast.tess.client.session_transaction() as session:
        assert "_user_id" not in session
