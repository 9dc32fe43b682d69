from organisations.models.change import DetailsChange, DetailsChangeEvent
from organisations.models.invitation import Invitation, InvitationEvent
from organisations.models.mandate import Mandate, MandateEvent
from organisations.models.membership import Membership
from organisations.models.municipality import Municipality
from organisations.models.organisation import Organisation, OrganisationEvent
from organisations.models.rollout import MunicipalityRollout
from organisations.models.vocabulary import ActivityField, TaskField

__all__ = [
    "ActivityField",
    "DetailsChange",
    "DetailsChangeEvent",
    "Invitation",
    "InvitationEvent",
    "Mandate",
    "MandateEvent",
    "Membership",
    "Municipality",
    "MunicipalityRollout",
    "Organisation",
    "OrganisationEvent",
    "TaskField",
]
