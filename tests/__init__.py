"""The tests: a package, so that one of that name which a part brings along is not found in its place."""
