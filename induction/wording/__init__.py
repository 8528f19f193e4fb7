"""How it is said: every sentence that depends on a number, a date or a state. Pure, like the rules it words."""
