"""What the apps above may want to know of organisations."""

from django.dispatch import Signal

# Sent in the transaction that saved it, after the name, the place or the state of an organisation has changed.
organisation_changed = Signal()
