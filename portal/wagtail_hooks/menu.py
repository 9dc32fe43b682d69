from wagtail.admin.menu import MenuItem


class ReportMenuItem(MenuItem):
    """For those who have a right, named as "app.codename"."""

    def __init__(self, right, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.right = right

    def is_shown(self, request):
        return request.user.has_perm(self.right)
