"""Who may do what with an organisation, in sentences."""

from organisations.enums import OrganisationStatus
from organisations.models import Membership


def can_verify_organisations(user):
    """Moderators verify, pause and close organisations."""
    return user.has_perm("organisations.verify_organisation")


def can_edit_organisation(user, organisation):
    """An administrator of an organisation edits its details, members and invitations, unless it is closed."""
    if organisation.status == OrganisationStatus.CLOSED:
        return False
    return Membership.objects.admins().filter(user=user, organisation=organisation).exists()
