"""Asked again: what the button says that sends what waits."""

import pytest

from induction.wording.confirm import SEND, WHAT, send_it


@pytest.mark.parametrize("endpoint, about, fields, said", [
    ("school.add_person", "", {"name": "Dee Lead", "role": "lead"}, "Add Dee Lead as a lead"),
    ("school.add_person", "", {"name": "Dee Lead", "role": "king"}, SEND),
    ("school.erase", "Ana Costa", {}, "Erase the record of Ana Costa"),
    ("school.erase", "", {}, SEND),
    ("learner.new_recovery_codes", "", {}, "Make new recovery codes"),
    ("", "", {}, SEND),
])  # fmt: skip
def test_it_names_the_act(endpoint, about, fields, said):
    assert send_it(endpoint, about, fields) == said


def test_it_never_names_half_of_an_act():
    for endpoint in WHAT:
        assert " or " not in send_it(endpoint, "Ana Costa", {}) and "somebody" not in send_it(endpoint, "Ana Costa", {})
