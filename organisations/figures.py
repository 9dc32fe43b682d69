"""What the report counts of organisations and municipalities."""

from organisations.enums import OPEN_TO_COACHES, OrganisationStatus
from organisations.models import MunicipalityRollout, OrganisationEvent
from portal.figures import Period


def newly_verified(period: Period) -> int:
    begin, end = period.moments
    verified = OrganisationEvent.objects.filter(
        from_status=OrganisationStatus.PENDING, to_status=OrganisationStatus.VERIFIED, at__gte=begin, at__lt=end
    )
    return verified.values("organisation").distinct().count()


def municipalities_in_use(period: Period) -> int:
    """Pilot or in use on the period's last day."""
    return MunicipalityRollout.objects.on(period.last).filter(state__in=OPEN_TO_COACHES).count()
