from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewConfig(AppConfig):
    name = "jobs.review"
    verbose_name = _("review of postings")

    def ready(self):
        from jobs.postings.signals import posting_submitted
        from jobs.review import slots
        from jobs.review.demonstration import canary as marked
        from jobs.review.demonstration import writing
        from jobs.review.receivers import take_in
        from jobs.review.retention import register_rules
        from portal.site import canary, demonstration, groups
        from portal.slots import fill

        register_rules()
        fill(slots.FILLINGS)
        posting_submitted.connect(take_in, dispatch_uid="review.take_in")

        groups.register(groups.GroupRights("review", moderators=("postings.moderate_jobposting",)))
        demonstration.register(demonstration.Demonstration("review", writing.write, 60))
        canary.register(canary.CanaryPart("review", marked.write, marked.forget, 60))
