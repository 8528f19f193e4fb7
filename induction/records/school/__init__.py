"""What the school says of itself, of its courses, and of the accounts it approves."""
