"""Erasing people, and the backup and the restoring of a whole site."""
