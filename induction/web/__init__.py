"""The pages. Each room (account, learning, mentoring, school, help) stands alone; what they share is here."""
