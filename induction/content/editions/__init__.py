"""What somebody meets, word for word under one digest, and the one way to open it again."""
