"""What is done by the clock, and what a process does before its first request."""
