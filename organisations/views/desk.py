from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from organisations.context_processors import choose, current_membership
from organisations.desk import rows_of_today
from portal.numbers import whole_number


@require_GET
def desk(request):
    """What waits for the organisation's people today. Who belongs to none is shown the way in."""
    membership = current_membership(request)
    if membership is None:
        return render(request, "organisations/desk/without_organisation.html")
    context = {"tab": "today", "membership": membership, "todo": rows_of_today(membership)}
    return render(request, "organisations/desk/today.html", context)


@require_POST
def desk_switch(request):
    """Chooses one of the person's organisations for the desk."""
    chosen = whole_number(request.POST.get("organisation"))
    if chosen is None or choose(request, chosen) is None:
        raise Http404
    return redirect("organisations:desk")
