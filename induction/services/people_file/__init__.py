"""A file of people, as people's systems write it, read into rows or into problems by line."""
