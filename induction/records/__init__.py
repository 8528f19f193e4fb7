"""What happened: who is here, what they answered, what they completed. SQLite, and the only SQL."""
