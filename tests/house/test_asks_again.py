"""Which acts ask again who it is: those of one list in `wording/confirm.py`, which says each in words, and no others."""

import ast
from functools import cache
from importlib.util import find_spec

from induction.settings import HOME
from induction.wording.confirm import WHAT

WEB = HOME / "induction" / "web"


@cache
def calls(path):
    """Function of a module to the names of what it calls."""
    tree = ast.parse(path.read_text())
    return {
        each.name: {call.func.id for call in ast.walk(each) if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)}
        for each in tree.body
        if isinstance(each, ast.FunctionDef)
    }


def asks(path, function, seen=()):
    """Whether a function comes to `ask_again`, itself or by another of its module."""
    called = calls(path).get(function, set())
    return "ask_again" in called or any(asks(path, each, (*seen, function)) for each in called if each not in (*seen, function))


def test_what_asks_again_is_what_the_list_says(app):
    found = set()
    for endpoint, view in app.view_functions.items():
        spec = find_spec(view.__module__)
        if asks(WEB / spec.origin.split("/web/", 1)[1], view.__name__):
            found.add(endpoint)
    assert found == set(WHAT)
