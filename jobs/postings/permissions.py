"""Who may do what with postings beyond the table of roles, in sentences."""


def can_moderate(user):
    """Moderators review postings."""
    return user.has_perm("postings.moderate_jobposting")
