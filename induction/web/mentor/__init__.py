"""What mentors see of their teachers, and leads of everybody."""
