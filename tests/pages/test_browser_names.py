"""A browser in a few words, so that people know their own devices in a list."""

import pytest

from induction.web.security.browser_names import words_for

CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36"


@pytest.mark.parametrize(
    "sent, words",
    [
        (CHROME, "Chrome on Windows"),
        (f"{CHROME} Edg/131.0.0.0", "Edge on Windows"),  # it says that it is Chrome, too
        ("Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0", "Firefox on Linux"),
        ("Windows", "A browser on Windows"),
        ("curl/8", "A browser"),
    ],
)
def test_a_browser_is_named_by_what_it_is(sent, words):
    assert words_for(sent) == words
