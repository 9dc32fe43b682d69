from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganisationsConfig(AppConfig):
    name = "organisations"
    verbose_name = _("organisations")

    def ready(self):
        from organisations.models import Organisation
        from organisations.retention import register_rules
        from organisations.sitemaps import OrganisationSitemap
        from portal.sitemaps import Section
        from portal.sitemaps import register as register_sitemap
        from search.retrieval.documents import SearchDocument, describe, kind_of
        from search.retrieval.groups import Group, add_group

        register_rules()
        register_links()
        register_sitemap(Section("organisations", OrganisationSitemap))
        describe(
            SearchDocument(
                model=Organisation,
                facets={
                    "municipality": lambda organisation: [organisation.municipality_id],
                    "field": lambda organisation: [field.code for field in organisation.activity_fields.all()],
                },
                listed=lambda organisation: organisation.is_public,
                queryset=Organisation.objects.for_detail,
            )
        )
        add_group(
            Group(
                name="organisations",
                label=_("Associations"),
                kind=kind_of(Organisation),
                public=lambda pks: Organisation.objects.public().filter(pk__in=pks),
                text=lambda organisation: organisation.description,
                position=30,
            )
        )


def register_links():
    from portal.navigation import Entry, Menu, register, signed_in, signed_out

    listing, desk, joining = (
        f"organisations:{name}" for name in ("organisation_list", "desk", "organisation_register")
    )
    top, below = Menu.HEADER, Menu.ASSOCIATIONS
    register(Entry("organisations", _("Associations"), listing, top, 30, section="organisations"))
    register(Entry("organisations.desk", _("Desk"), desk, top, 50, section="desk", icon="people", shown=signed_in))
    register(Entry("organisations.own", _("Organisation's desk"), desk, below, 10, shown=signed_in))
    register(Entry("organisations.join", _("Join with your association"), joining, below, 10, shown=signed_out))
    register(Entry("organisations.all", _("Associations"), listing, below, 90))
