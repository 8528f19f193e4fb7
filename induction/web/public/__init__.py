"""Pages open to anybody."""
