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

REASONS = ("because", "in order to", "so as", "so that")  # wherever they stand
REASONS_AFTER_A_COMMA = ("as", "for", "since", "so")
NO_REASONS = (  # what begins like one
    "as a rule", "as agreed", "as always", "as before", "as ever", "as far as", "as if", "as it stands",
    "as long as", "as many", "as much", "as often", "as planned", "as soon", "as though", "as usual",
    "as well", "for a", "for all", "for an", "for anybody", "for anyone", "for everybody", "for everyone",
    "for example", "for good", "for instance", "for nothing", "for now", "for once", "for one", "for the", "for them",
    "for this", "for today", "for two", "for you both", "so far", "so long",
)

PEOPLE = (  # who is named by what they are; names are known by their capitals
    "chair of governors", "class teacher*", "colleague*", "coordinator", "deputy", "designated*", "DSL", "DSP", "form tutor*",
    "governor*", "head", "headteacher", "head teacher", "head of year", "induction lead", "line manager", "mentor",
    "principal", "safeguarding lead", "SLT", "tutor", "Miss", "Mr", "Mrs", "Ms", "Mx",
)
NOBODY = (  # what has a capital and is no person
    "Monday*", "Tuesday*", "Wednesday*", "Thursday*", "Friday*", "Saturday*", "Sunday*", "January", "February", "March",
    "April", "May", "June", "July", "August", "September", "October", "November", "December", "Christmas", "Easter",
    "Discord", "Facebook", "Fortnite", "Google", "Help", "Instagram", "Internet", "Minecraft", "Roblox", "School*",
    "Snapchat", "Teams", "TikTok", "Wi", "WhatsApp", "X", "Year", "Years", "YouTube", "Zoom",
    "Britain", "England", "English", "Ireland", "Northern", "Scotland", "Scottish", "Wales", "Welsh",
)
NOW = (
    "at once", "first thing", "immediately", "now", "right away", "straight away", "straightaway", "this afternoon",
    "this evening", "this minute", "this morning", "today", "tonight",
)

NEVER_BEST = (  # words that writers give to options that they don't mean
    "report*", "only", "the law", "legal*", "illegal*", "promise*", "secret*", "between you", "between us", "just the two of",
    "made-up", "fake", "own account*", "personal account*", "who did it", "who it was", "kind", "kindly", "kindness", "calm*",
    "delete*", "deleting", "wipe*", "wiping", "clear", "clears", "cleared",
    "if it happens again", "if it comes back", "until it", "wait until", "wait for", "wait and see", "at half-term",
    "after half-term", "quiet word", "just once", "just this once", "this once",
)

ABSOLUTE = (
    "all", "always", "any", "anybody", "anyone", "anything", "anywhere", "completely", "ever", "every", "everybody", "everyone",
    "everything", "everywhere", "must", "never", "no one", "nobody", "none", "nothing", "nowhere", "only", "totally",
    "whatever", "whenever", "whoever", "whole",
)
