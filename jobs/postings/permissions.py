"""Who may do what with postings beyond the table of roles, in sentences."""

from accounts.models import User


def can_moderate(user: User) -> bool:
    """Moderators review postings."""
    return user.has_perm("postings.moderate_jobposting")
