"""What is measured on a running site: `make evidence NAMES="…"` runs it in full, the suite in seconds."""
