"""The words that give an option away to somebody who reads only the options.

A star stands for any ending. Add a word where writers have found a new way to give themselves away.
"""

CAUTIOUS = (  # words of holding back, of limits and of proper form
    "appropriate*", "avoid*", "before", "boundar*", "calm*", "can't", "cannot", "careful*", "cautious*", "check*",
    "consider*", "decline*", "don't", "do not", "first", "formal*", "guidance", "hold back", "keep out", "leave it",
    "leave the", "never", "no longer", "not", "official*", "only", "permission", "polic*", "polite*", "privacy",
    "professional*", "proper*", "protocol*", "refrain*", "refus*", "rule*", "safe*", "should not", "turn it down",
    "turn down", "until", "wait*", "without", "won't",
)

REPORTING = (  # words of telling the school, and the people who are told
    "child protection", "concerns about adults", "concerns about the head", "designated", "DSL", "DSP", "escalat*",
    "flag it", "governor*", "head", "headteacher*", "head teacher*", "helpline*", "inform*", "LADO", "leadership",
    "let the school know", "line manager*", "log it", "mentor*", "note it", "notif*", "out of hours", "out-of-hours",
    "pass it on", "pass on", "police", "principal*", "record it", "record this", "record the", "refer it",
    "refer the", "refer this", "report*", "safeguarding", "senior", "tell a colleague", "tell someone",
    "tell the school", "write it down",
)
