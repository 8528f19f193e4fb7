"""Ways in: the first run, invitations, signing in."""
