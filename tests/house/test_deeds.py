"""Pages and commands do things about people through the deeds alone: there who did it, and when, can't be left out."""

import ast

from induction.settings import HOME

WRITES = {
    "people": {"add", "put", "put_new", "update", "deactivate", "reactivate", "set_password"},
    "one_time_links": {"make", "use", "end_all"},
    "history": {"enter", "note_way"},
}


def writes(text):
    """What a module calls of these."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name):
            if node.func.attr in WRITES.get(node.func.value.id, ()):
                yield f"{node.func.value.id}.{node.func.attr}"


def test_only_deeds_write_of_people():
    rooms = [file for room in ("web", "commands", "serving") for file in (HOME / "induction" / room).rglob("*.py")]
    found = {(f"{file.parent.name}/{file.name}", call) for file in rooms for call in writes(file.read_text())}
    assert found == set()


def test_the_look_itself_sees_a_write():
    assert list(writes("people.update(db, 1, name='x')\none_time_links.find(db)")) == ["people.update"]
