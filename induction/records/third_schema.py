"""The third schema: who somebody was and when, by whom it was changed, and what a lesson's record says of its reading.

Rules as in the first: what happened can be added to and never changed or taken away.
"""

PEOPLE = """
"""

LEARNING = """
"""
