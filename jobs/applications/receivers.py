"""What applications do when something happens to their posting."""

from jobs.applications.actions.applications import keep_until_window_ends, make_obsolete_for


def let_go_when_closed(sender, posting, by, **kwargs):
    """The posting closed for good: everybody who still waits is told."""
    make_obsolete_for(posting, by=by)


def keep_until_later(sender, posting, **kwargs):
    """The time to apply moved, and with it the date on which applications are deleted."""
    keep_until_window_ends(posting)
