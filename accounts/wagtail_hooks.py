from wagtail.users.views.users import UserViewSet as StockUserViewSet

from accounts.forms import StaffUserCreationForm, StaffUserEditForm


class UserViewSet(StockUserViewSet):
    def get_form_class(self, for_update=False):
        return StaffUserEditForm if for_update else StaffUserCreationForm
