"""The rules: judging an attempt, drawing scenarios, progress, due dates, who may see whom. Pure functions."""
