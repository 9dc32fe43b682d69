"""What an applicant has typed and sent, in the server's own session: the browser holds nothing but its key."""

import time
import uuid
from datetime import timedelta

from portal.furniture.addresses import network_of
from portal.furniture.limits import Limit, allow

DRAFTS, RECEIPTS, OWN = "application_drafts", "application_receipts", "own_application"
MOST_DRAFTS, MOST_RECEIPTS = 5, 10
RECEIPT_FOR = 24 * 3600  # seconds
OWN_FOR = 30 * 60  # seconds
# What nobody has sent takes room on our disk: a library full of people stays below it, and a script does not.
BEGUN = Limit("application drafts", tries=200, within=timedelta(days=1))


class TooManyDrafts(Exception):
    """So many were begun from this network today that no other is kept."""


def draft_of(request, posting_pk):
    """The draft for a posting: its form's own key, what was typed in each step, and the answers of finished steps."""
    drafts = request.session.get(DRAFTS, {})
    return drafts.get(str(posting_pk)) or {"key": str(uuid.uuid4()), "typed": {}, "answers": {}}


def has_draft(request, posting_pk):
    return str(posting_pk) in request.session.get(DRAFTS, {})


def keep_draft(request, posting_pk, draft):
    """The newest drafts stay; on a device that many share, the oldest go. Raises TooManyDrafts."""
    drafts = request.session.get(DRAFTS, {})
    if str(posting_pk) not in drafts and not allow(BEGUN, network_of(request)):
        raise TooManyDrafts
    drafts.pop(str(posting_pk), None)
    drafts[str(posting_pk)] = draft
    request.session[DRAFTS] = dict(list(drafts.items())[-MOST_DRAFTS:])


def drop_draft(request, posting_pk):
    drafts = request.session.get(DRAFTS, {})
    if drafts.pop(str(posting_pk), None):
        request.session[DRAFTS] = drafts


def add_receipt(request, application):
    """Lets this browser, and no other, see the receipt for a day."""
    receipt = {
        "key": str(application.form_key),
        "posting": application.posting_id,
        "application": application.pk,
        "until": time.time() + RECEIPT_FOR,
    }
    others = [other for other in request.session.get(RECEIPTS, []) if other["key"] != receipt["key"]]
    request.session[RECEIPTS] = [*others, receipt][-MOST_RECEIPTS:]


def receipt_of(request, posting_pk, key=None):
    """The key of the application that this browser sent to the posting last, or with this very form; else None."""
    for receipt in reversed(request.session.get(RECEIPTS, [])):
        is_same = receipt["key"] == key if key else receipt["posting"] == posting_pk
        if is_same and receipt["until"] > time.time():
            return receipt["application"]
    return None


def own_applications(request):
    """The keys of all applications that this browser has sent within a day, or opened by code or link just now."""
    sent = [receipt["application"] for receipt in request.session.get(RECEIPTS, []) if receipt["until"] > time.time()]
    return {*sent, own_application(request)} - {None}


def open_own(request, application):
    """For half an hour this browser may see the state of the application, and take it back."""
    request.session[OWN] = {"application": application.pk, "until": time.time() + OWN_FOR}


def own_application(request):
    own = request.session.get(OWN)
    return own["application"] if own and own["until"] > time.time() else None
