"""The rules, pure: no Flask, no SQLite, no clock, no environment, and no page's sentence."""
