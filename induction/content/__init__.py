"""What is taught: Markdown files in, frozen dataclasses out. Pure: no Flask, no database, no clock."""
