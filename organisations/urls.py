from django.urls import path
from django.utils.translation import gettext_lazy as _

from organisations.views import coaches, desk, directory, invitations, mandates, members, registration, services

app_name = "organisations"
urlpatterns = [
    path(_("associations/"), directory.organisation_list, name="organisation_list"),
    path(_("associations/register/"), registration.organisation_register, name="organisation_register"),
    path(_("associations/register/ask/"), registration.access_request, name="access_request"),
    path(_("associations/<int:pk>/<slug:slug>/"), directory.organisation_detail, name="organisation_detail"),
    path(_("desk/"), desk.desk, name="desk"),
    path(_("desk/switch/"), desk.desk_switch, name="desk_switch"),
    path(_("desk/coaching/"), services.coaching, name="coaching"),
    path(_("desk/support/"), services.support, name="support"),
    path(_("desk/municipality/"), services.municipality, name="municipality"),
    path(_("desk/<int:pk>/mandates/"), mandates.mandates, name="mandates"),
    path(_("desk/<int:pk>/mandates/give/"), mandates.mandate_give, name="mandate_give"),
    path(_("desk/mandates/<int:pk>/revoke/"), mandates.mandate_revoke, name="mandate_revoke"),
    path(_("desk/<int:pk>/details/"), registration.organisation_edit, name="organisation_edit"),
    path(_("desk/<int:pk>/members/"), members.members, name="members"),
    path(_("desk/<int:pk>/leave/"), members.organisation_leave, name="organisation_leave"),
    path(_("desk/members/<int:pk>/role/"), members.member_role, name="member_role"),
    path(_("desk/members/<int:pk>/remove/"), members.member_remove, name="member_remove"),
    path(_("desk/members/<int:pk>/municipalities/"), coaches.coach_municipalities, name="coach_municipalities"),
    path(_("desk/invitations/<int:pk>/resend/"), invitations.invitation_resend, name="invitation_resend"),
    path(_("desk/invitations/<int:pk>/revoke/"), invitations.invitation_revoke, name="invitation_revoke"),
    path(_("invitations/<str:token>/"), invitations.invitation_accept, name="invitation_accept"),
]
