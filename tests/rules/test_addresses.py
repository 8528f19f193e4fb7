"""Addresses as browsers send them, in their one form; and places on this site."""

import pytest

from induction.rules.addresses import host, origin, safe_next, with_next


@pytest.mark.parametrize(
    "text, scheme, name",
    [
        ("School.Example", "https", "school.example"), ("school.example.", "https", "school.example"),
        ("school.example:443", "https", "school.example"), ("school.example:443", "http", "school.example:443"),
        ("school.example:80", "http", "school.example"), ("school.example:80", "https", "school.example:80"),
        ("school.example:8000", "https", "school.example:8000"), ("school.example:65535", "https", "school.example:65535"),
        ("a_b-c.example", "https", "a_b-c.example"), ("localhost:8000", "http", "localhost:8000"),
        ("ysgol-ŷ.cymru", "https", "xn--ysgol--uob.cymru"), ("ysgol-ŷ.cymru".encode().decode("latin-1"), "https", "xn--ysgol--uob.cymru"),
        ("127.0.0.1:8000", "http", "127.0.0.1:8000"), ("[::1]:8000", "http", "[::1]:8000"), ("[0:0::1]", "https", "[::1]"),
    ],
)  # fmt: skip
def test_a_host_has_one_form(text, scheme, name):
    assert host(text, scheme) == name


@pytest.mark.parametrize(
    "text",
    ["", ":443", "school.example:0", "school.example:65536", "school.example:x", "a/b", "a?b", "a#b", "you@school.example", "a\\b", "a b",
     "[::1", "a..b", ".", "school%.example", "x" * 64 + ".example"],
)  # fmt: skip
def test_what_is_no_host(text):
    assert host(text, "https") is None


@pytest.mark.parametrize(
    "text, expected",
    [
        ("https://school.example", "https://school.example"), ("HTTPS://School.Example:443/", "https://school.example"),
        ("http://school.example:80", "http://school.example"), ("http://school.example:8000", "http://school.example:8000"),
        ("null", None), ("", None), ("school.example", None), ("ftp://school.example", None), ("https://", None),
        ("https://school.example/place", None), ("https://school.example?a", None), ("https://school.example#a", None),
        ("https://you@school.example", None), ("https://[::1", None), ("https://school.example:x", None),
    ],
)  # fmt: skip
def test_an_origin_has_one_form(text, expected):
    assert origin(text) == expected


def test_an_address_has_at_most_three_hundred_characters():
    label = ".".join(["a" * 9] * 30)  # 299 characters, each name of it short
    assert host(f"{label}.", "https") == label and host(f"{label}..", "https") is None
    longest = f"https://{label[:292]}"
    assert len(longest) == 300 and origin(longest) == longest
    assert origin(f"{longest}a") is None


@pytest.mark.parametrize(
    "text, place",
    [
        ("/", "/"), ("/record", "/record"), ("/school/people?page=2#top", "/school/people?page=2#top"), ("/sign-in-help", "/sign-in-help"),
        (None, "/"), ("", "/"), ("record", "/"), ("//evil.example", "/"), ("///evil.example", "/"), ("/\\evil.example", "/"),
        ("https://evil.example/", "/"), ("/a\nb", "/"), ("/a\u200bb", "/"), ("/sign-out", "/"), ("/sign-in", "/"), ("/sign-in?next=/", "/"),
        ("/" + "x" * 1999, "/" + "x" * 1999), ("/" + "x" * 2000, "/"),
    ],
)  # fmt: skip
def test_next_leads_to_a_place_on_this_site(text, place):
    assert safe_next(text) == place


@pytest.mark.parametrize("where, address", [
    ("/", "/welcome"), ("/record", "/welcome?next=/record"), ("/record?all=1&b", "/welcome?next=/record%3Fall%3D1%26b"),
])  # fmt: skip
def test_a_page_says_where_it_goes_on_to(where, address):
    assert with_next("/welcome", where) == address
