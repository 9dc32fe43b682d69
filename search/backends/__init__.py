"""Wagtail's search, answered by our own index: one adapter for each engine, chosen by the settings."""
