"""What people did with what is taught: attempts, completions, and what was said around them."""
