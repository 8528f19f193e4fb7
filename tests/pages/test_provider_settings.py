"""A lead sets up where people sign in: what is typed, what is tested, and that its secret stands nowhere."""

import pytest

PAGE = "/school/sign-in"
TENANT = "5f1e7d4a-0c1b-4a6e-9a52-3d0f8f6f7a11"
SECRET = "GOCSPX-of-the-tests"
GOOGLE = {"client_id": "7.apps.googleusercontent.com", "client_secret": SECRET, "domain": "wrenfield.example"}


def save(browser, kind="google", **typed):
    browser.open(f"{PAGE}/{kind}")
    return browser.press("Save", **typed)


def test_set_up_it_says_so_and_never_shows_the_secret_again(cast):
    page = save(cast.lou, **GOOGLE)
    assert "Saved. The sign-in page now offers Google." in page.text
    assert "It is set up." in page.text and SECRET not in page.html
    assert page.field("client_id").get("value") == GOOGLE["client_id"] and not page.field("client_secret").get("value")
    assert "Kept, and not shown again." in page.text
