"""Who is here, how they come in, and who they were."""
