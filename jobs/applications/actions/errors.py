"""What can stand in the way of an application."""


class PostingClosed(Exception):
    """Nobody can apply any more: the deadline passed, or the job was filled or withdrawn meanwhile."""


class AlreadyApplied(Exception):
    """The same browser or code has applied to the same job with the same number or address."""


class TooManyTries(Exception):
    """Too many in a short time: try again later."""
