"""For which acts it is asked again who somebody is, in words: *to …*. A test holds that these are the pages that ask."""

from __future__ import annotations

from collections.abc import Mapping

from ..rules.roles import Role

WHAT: Mapping[str, str] = {  # by the name of the page
    "learner.new_recovery_codes": "make new recovery codes",
    "learner.remove_app": "take your app for codes away",
    "learner.second_step_app": "set up an app for codes",
    "learner.add_passkey": "add a passkey",
    "learner.remove_passkey": "remove a passkey",
    "school.acts_csv": "take along who did what",
    "school.add_person": "add a mentor or a lead",
    "school.ask_for_pack": "have a pack made for an inspection",
    "school.certificates_zip": "take along everybody’s certificates",
    "school.change_many": "end the account of a lead",
    "school.change_person": "change somebody’s role or address",
    "school.copy": "take along everything held about somebody",
    "school.deactivate": "end the account of a lead",
    "school.download_pack": "take along a pack for an inspection",
    "school.erase": "erase somebody’s record",
    "school.hold_mail": "hold letters back, or let them go",
    "school.invite": "make an invitation for somebody who can sign in, or a mentor or lead",
    "school.let_in": "let somebody in who was not invited",
    "school.reset_link": "make a link for a new password",
    "school.evidence_file": "take along the evidence",
    "school.links_csv": "take along everybody’s invitation links",
    "school.make_signing_key": "make a new key for certificates",
    "school.mend_import": "make people in a list mentors or leads, or bring leavers back",
    "school.person_pack": "take along a pack about somebody",
    "school.reactivate": "bring back the account of a lead",
    "school.provider": "change where people sign in",
    "school.provider_away": "take away where people sign in",
    "school.readers_csv": "take along who has signed the policy",
    "school.reset_second_step": "ask that a second step be reset, or answer it",
    "school.retention": "change how long records are kept",
    "school.sign_in_rules": "change the rules of signing in",
    "school.slips": "print everybody’s invitation links",
    "school.take_account_away": "take away an account with which somebody signs in",
    "school.take_back": "bring back the account of a lead",
}
_SEND: Mapping[str, str] = {  # of whom the address names somebody
    "school.change_person": "Save the details of {}",
    "school.deactivate": "End the account of {}",
    "school.erase": "Erase the record of {}",
    "school.invite": "Make an invitation for {}",
    "school.reactivate": "Bring {} back",
    "school.reset_link": "Make a link for a new password for {}",
    "school.take_account_away": "Take an account away from {}",
    "school.take_back": "Bring {} back",
}
SEND = "Go on"
A_FORM_WAITS = "Nothing has been done yet. What you sent is kept, and you send it yourself when you have confirmed."
NOTHING_WAITS = (
    "Either it was sent before, or left, or it waited for more than an hour, or it was sent from another session. "
    "Open the page again where you want to do it."
)
ANOTHER_SINCE = (
    "You sent another page since, from another tab. That one is kept and stands below; what you sent before it is not kept, "
    "and nothing of it was done."
)


def send_it(endpoint: str, about: str, fields: Mapping[str, str]) -> str:
    """The button that sends what waits: *Add Dee Lead as a lead*, *Make new recovery codes*."""
    name, role = fields.get("name", "").strip(), fields.get("role", "")
    if endpoint == "school.add_person" and name and role in tuple(Role):
        return f"Add {name} as a {role}"
    if about and endpoint in _SEND:
        return _SEND[endpoint].format(about)
    words = WHAT.get(endpoint, "")
    plain = words and "somebody" not in words and " or " not in words and " a lead" not in words
    return f"{words[0].upper()}{words[1:]}" if plain else SEND


def what_for(endpoint: str, about: str = "") -> str:
    """*to erase somebody’s record: Tess Okafor*"""
    words = WHAT.get(endpoint, "go on to the page that you asked for")
    return f"to {words}: {about}" if about else f"to {words}"
