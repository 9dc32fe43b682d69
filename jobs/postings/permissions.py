"""Who may do what with postings, in sentences."""

from organisations.enums import OrganisationStatus


def can_write_postings(membership):
    """A member writes postings for an organisation that is not closed; they are published only once it is verified."""
    return membership is not None and membership.organisation.status != OrganisationStatus.CLOSED


def can_moderate(user):
    """Moderators review postings."""
    return user.has_perm("postings.moderate_jobposting")
