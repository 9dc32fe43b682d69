"""Loading an organisation's own posting, and telling those who may not write any more."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from jobs.postings.models import JobPosting
from organisations.permissions import require
from organisations.roles import Verb
from organisations.views.rights import telling_refusal

MAY_NOT_WRITE = _("Your organisation's jobs cannot be changed now: it is paused or closed, or your role has changed.")

GONE_TOO_FAR = _("Somebody was faster, or the page was old. This is how the posting is now.")


def own_posting(request, pk):
    """A posting whose inside the person sees as a member; a stranger's is not found, and staff write nobody's."""
    rows = JobPosting.objects.seen_by_members(request.user)
    return get_object_or_404(rows.select_related("organisation", "municipality", "task_field"), pk=pk)


def own_posting_to_write(request, pk):
    """The same, for somebody who may write it. Raises NotAllowed, which `telling_rights` turns into words."""
    posting = own_posting(request, pk)
    require(request.user, Verb.WRITE_POSTINGS, posting.organisation)
    return posting


telling_rights = telling_refusal(MAY_NOT_WRITE, "jobs:desk_posting")
