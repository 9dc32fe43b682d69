"""The backup and the restoring of a whole site."""
