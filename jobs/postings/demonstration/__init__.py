"""Invented associations, jobs and people, to show the portal with. Every name, number and address is made up."""
