"""Trials by chance of what must never happen; results stand in docs/reliability.md."""
