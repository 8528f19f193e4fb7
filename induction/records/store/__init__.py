"""The file that everything is kept in: its connections, its schema, its faults, and the ways out and back."""
