"""What the checker asks of everything that is taught before anybody meets it."""
