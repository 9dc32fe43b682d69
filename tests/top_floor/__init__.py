"""An app above all others, for tests/portal/test_top_floor.py: it adds to lower floors by registering alone."""
