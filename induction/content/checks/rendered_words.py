"""Words that suit only a school that allows something, left standing where every school reads them.

A star stands for any ending, and alone for any word. Add a phrase where writers have left another behind.
"""

LEFT_OVERS = (  # speak of a choice of the school's, wherever in a lesson they stand
    "at schools that allow", "if * are allowed", "if * is allowed", "if our policy allows", "if our school allows",
    "if school allows", "if the policy allows", "if the school allows", "if your school allows", "in schools that allow",
    "in schools where * are allowed", "in schools where * is allowed", "unless * are allowed", "unless * is allowed",
    "when * are allowed", "when * is allowed", "where * are allowed", "where * are in use", "where * are used",
    "where * is allowed", "where * is in use", "where * is used", "where our policy allows", "where our school allows",
    "where school allows", "where the policy allows", "where the school allows", "where your school allows",
    "whichever * are allowed", "whichever * is allowed",
)

NEAR_A_RULE = (  # may speak of anything, and beside a rule of the school's speak of that
    "are none of these", "is none of these", "schools choose", "schools decide", "schools differ", "schools vary", "some allow",
    "some schools",
)  # fmt: skip

PERSONS = ("headteacher", "chair of governors", "safeguarding lead", "deputy safeguarding lead", "induction lead")  # in braces
