"""The school's policy, version by version, and who has acknowledged it."""
