"""Which version of the program this is."""

VERSION = "1.7.0"
