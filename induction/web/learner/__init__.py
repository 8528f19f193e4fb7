"""What all staff do: learn, answer, read the policy, see their record."""
