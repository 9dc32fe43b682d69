"""What moderators and editors see of jobs in the Wagtail admin."""

from django.urls import path
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from jobs.postings.enums import PostingStatus
from jobs.postings.models import JobPosting
from jobs.postings.permissions import can_moderate
from jobs.review.wagtail_hooks import decisions


class ModerationPolicy(ModelPermissionPolicy):
    """Moderators look at postings and decide; nobody writes one in the admin."""

    def user_has_permission(self, user, action):
        return action == "view" and user.is_active and can_moderate(user)


register_permission_policy(JobPosting, ModerationPolicy(JobPosting))


class PostingIndexView(generic.IndexView):
    """The queue: what an edit hid; what waits, oldest first; what was edited after approval; the rest, newest first."""

    def get_base_queryset(self):
        return JobPosting.objects.for_queue()


def status_words(posting):
    """The state; of a job that an edit has hidden, the words that look like a scam."""
    if posting.is_hidden:
        return gettext("Hidden: %(words)s") % {"words": posting.hidden_for}
    return posting.get_status_display()


class PostingViewSet(ModelViewSet):
    model = JobPosting
    name = "posting"
    icon = "doc-full-inverse"
    menu_label = _("Review of jobs")
    menu_order = 110
    add_to_admin_menu = True
    copy_view_enabled = False
    inspect_view_enabled = True
    index_view_class = PostingIndexView
    inspect_view_class = decisions.PostingReviewView
    inspect_template_name = "jobs/review/admin/review.html"
    inspect_view_fields = ["title"]
    form_fields: list[str] = []
    list_display = [
        TitleColumn("__str__", label=_("Job"), url_name="posting:inspect"),
        StatusTagColumn(
            "status",
            label=_("Status"),
            accessor=status_words,
            primary=lambda posting: posting.is_hidden or posting.status == PostingStatus.SUBMITTED,
        ),
        Column("organisation", label=_("Organisation")),
        DateColumn("submitted_at", label=_("Sent to review"), sort_key="submitted_at"),
        BooleanColumn("is_edited_after_approval", label=_("Edited after approval")),
    ]
    list_filter = ["status", "is_edited_after_approval", "municipality", "task_field"]
    search_fields = ["title", "organisation__name"]
    search_backend_name = None

    @cached_property
    def url_finder_class(self):
        """A posting's page in the admin is its review."""
        finder = super().url_finder_class
        finder.edit_url_name = self.get_url_name("inspect")
        return finder

    def get_urlpatterns(self):
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("inspect/<int:pk>/", self.inspect_view, name="inspect"),
            path("<int:pk>/publish/", decisions.posting_publish, name="publish"),
            path("<int:pk>/request-changes/", decisions.posting_request_changes, name="request_changes"),
            path("<int:pk>/refuse/", decisions.posting_refuse, name="refuse"),
            path("<int:pk>/recall/", decisions.posting_recall, name="recall"),
            path("<int:pk>/accept-edit/", decisions.posting_accept_edit, name="accept_edit"),
        ]


@hooks.register("register_admin_viewset")
def register_posting_viewset():
    return PostingViewSet("posting")
