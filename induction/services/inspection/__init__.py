"""The inspection pack: what was required of whom, what they did, in which words, and who stood for it, as at a day."""
