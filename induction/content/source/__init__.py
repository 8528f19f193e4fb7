"""Files as they lie in a folder: found, read once, and told apart line by line."""
