"""What can't be so of people, each with the words for it."""

from __future__ import annotations


class PeopleFault(Exception):
    """Something about people that can't be so. str() says it in a sentence; a page may have words of its own."""

    words = "That can't be so."

    def __str__(self) -> str:
        return self.words


class EmailTaken(PeopleFault):
    """Somebody has that email already, perhaps somebody who has left."""

    words = "Somebody with that email is here already, or was."


class NotAMentor(PeopleFault):
    """The mentor named is no active mentor or lead, or is the person themselves."""

    words = "A mentor is somebody else, here now, whose role is mentor or lead."


class LastLead(PeopleFault):
    """Without another lead who can sign in nobody could run the school's induction."""

    words = "That is the only lead who can sign in. Make somebody else a lead first, and see that they have chosen a password."


class EndBeforeStart(PeopleFault):
    """Somebody's last day would be before the first."""

    words = "The last day is before the first. Write one that comes after it."


class EndIsPast(PeopleFault):
    """A last day is said beforehand; an account that is to end now is ended."""

    words = "That last day is past already. Write today, or a day to come."


class WasErased(PeopleFault):
    """Somebody's record was erased: nothing of them can be changed, and they are not brought back."""

    words = "Their record was erased. If they come back to the school, add them anew."


class NoSuchPerson(PeopleFault):
    """Nobody has that id."""

    words = "There is nobody of that id."
