"""Which version of the program this is."""

VERSION = "1.6.0"
