"""Signing in elsewhere: what is said to whoever came back and is not let in, and to whoever signs in there."""

from __future__ import annotations

from datetime import datetime

from ..rules.calendar import local
from ..rules.openid import Provider
from ..rules.sign_in_elsewhere import NotIn
from . import dates

TITLE = "You are not signed in"
NOT_PROVED_AGAIN = "It is not confirmed yet"
NOTHING_DONE = "Nothing was done"
_NOTHING = "Nothing was changed."
NOT_BEGUN_HERE = (
    "That sign-in was not begun in this browser, or longer than ten minutes ago, or it is finished already."
    f" {_NOTHING} Go to the sign-in page and begin again there, in the browser in which you want to use this site."
)
NONSENSE = f"The address that you came back by is not one that a sign-in makes. {_NOTHING} Go to the sign-in page and begin again there."
NOT_SET_UP = (
    f"Signing in there is not set up here, or not any more. {_NOTHING} The sign-in page shows which ways there are now."
)


def linked(address: str, invited_at: datetime | None) -> str:
    """What is kept of an account that was linked. Who made the invitation stands in the history at that day, and not here, so
    that no name is kept where nobody would look for it."""
    return f"{address}, by the invitation of {dates.short_in_full(local(invited_at).date())}" if invited_at else address


def not_in(why: NotIn, provider: Provider, address: str) -> str:
    """Why somebody who came back with a good account is not let in. `address` is of that account, where it says one."""
    name = provider.label
    account = f"The {name} account {address}" if address else f"That {name} account"
    said = {
        NotIn.SPENT: f"That sign-in was finished already, perhaps by a second press. {_NOTHING} Begin again if you are not signed in.",
        NotIn.CHANGED: f"How people sign in with {name} was changed while you were there. {_NOTHING} Sign in once more.",
        NotIn.NOBODY: (
            f"{account} belongs to nobody here. {_NOTHING} If you have an invitation, open it and choose {name} there. If not,"
            " ask your induction lead for one, or whether they know you under another address."
        ),
        NotIn.TAKEN_AWAY: (
            f"{account} opens nothing here any more: it was taken away, or whose it was has left. {_NOTHING} If you should come"
            " in, ask your induction lead for an invitation, and use the account there."
        ),
        NotIn.LINKED_BEFORE: (
            f"Whom that would be had another {name} account here before, so the address alone does not say who you are. {_NOTHING}"
            " Ask your induction lead for an invitation, open it and use the account there."
        ),
        NotIn.ANOTHER_ACCOUNT: (
            f"Whom that would be signs in here with another {name} account already. {_NOTHING} Sign in with that"
            " one. If it is no longer yours, or the address has gone over to you from somebody else, tell your induction lead:"
            " they can take the old account away, and send you an invitation."
        ),
        NotIn.SOMEBODY_ELSES: (
            f"{account} belongs to somebody else here, and the invitation is not theirs. {_NOTHING} The invitation is still good:"
            f" sign out at {name}, open it again, and choose your own account."
        ),
        NotIn.LINK_ENDED: (
            f"The invitation that you came with does not work any more, and {account[0].lower()}{account[1:]} belongs to nobody"
            f" here. {_NOTHING} Ask your induction lead for a new one; it takes them a minute."
        ),
        NotIn.WAITS: (
            f"{account} is one of the school’s, and nobody has invited you yet. An induction lead sees it when they next"
            " look here and decides whether you come in; until then nothing is open to you. If it can’t wait, ask them."
        ),
        NotIn.REFUSED: (
            f"An induction lead has looked at {account[0].lower()}{account[1:]} and not let it in. {_NOTHING} If that is a"
            " mistake, ask them for an invitation."
        ),
        NotIn.SHUT: "It is not your day.",  # said by days_here, which knows the day
        NotIn.SIGNED_OUT: f"You were signed out meanwhile, so there was nothing to confirm. {_NOTHING} Sign in again.",
        NotIn.NOT_THE_SAME: (
            f"You came back with another {name} account than the one that you are signed in with. {_NOTHING} Go back to the page,"
            f" and choose the same account as before; you may have to sign out of the other one at {name} first."
        ),
    }
    return said[why]


def passwords_closed(labels: list[str]) -> str:
    """To a teacher whose password fits, where teachers sign in elsewhere alone."""
    return f"Teachers sign in with {' or '.join(labels)} here. Choose that below; your password opens nothing any more."


def it_works(provider: Provider, address: str, due: bool) -> str:
    """To a lead who tried it themselves. `due`: a second step is asked for first."""
    who = f" as {address}" if address else ""
    if due:
        return f"It works: {provider.label} has let you through{who}. Before you are signed in, this site asks once for your second step."
    return f"It works: you are signed in with {provider.label}{who}."


def stopped(provider: Provider) -> str:
    """On the page to which somebody is brought back who pressed cancel there."""
    return f"You stopped at {provider.label}, so nothing was done. Sign in whenever you like."


def signs_in(label: str, address: str, since: datetime, how: str, now: datetime) -> str:
    """*Google: tess@school.example, since Friday 4 December, by their invitation*: for a lead."""
    words = {"address": "known by that address", "invitation": "by an invitation", "let in": "let in by a lead"}[how]
    when = dates.day(local(since).date(), local(now).date())
    return f"{label}: {address or 'an account without an address'}, since {when}, {words}."


def taken_away(first_name: str, has_password: bool) -> str:
    """To the lead who took an account away."""
    how = "Their password goes on." if has_password else f"To come in again, {first_name} needs an invitation."
    return f"Taken away. Where {first_name} had signed in with that account they are signed out. {how}"


NOT_THERE = "That account was taken away already."
ONLY_LEAD = "This is how the only lead signs in, so it stays. Make somebody else a lead first, and see that they can sign in."
