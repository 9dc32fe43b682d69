"""What can stand in the way of an application."""


class PostingClosed(Exception):
    """Nobody can apply any more: the deadline passed, or the job was filled or withdrawn meanwhile."""


class AlreadyApplied(Exception):
    """The same phone number or address has applied to the same job. Nothing of that application is told."""


class TooManyTries(Exception):
    """Too many in a short time: try again later."""
