"""What the rooms above may want to know of postings. Each is sent inside the transaction of the change."""

from django.dispatch import Signal

# What anybody can find of the posting has changed: `posting`.
posting_changed = Signal()
# Sent to review: `posting`, `event`.
posting_submitted = Signal()
# Closed for good, filled or withdrawn: `posting`, `by`.
posting_closed = Signal()
# The last day on which one can apply has moved: `posting`.
time_to_apply_changed = Signal()
