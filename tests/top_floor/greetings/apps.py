from django.apps import AppConfig


class GreetingsConfig(AppConfig):
    name = "tests.top_floor.greetings"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from ninja import Router

        from accounts import second_factor
        from organisations import desk
        from portal import figures, slots
        from portal.api import routers
        from portal.privacy import retention
        from portal.schedule import timed_work
        from portal.site import demonstration, groups, set_up
        from tests.top_floor.greetings.models import Greeting

        greetings = Greeting.objects.order_by("pk")
        set_up.register(set_up.SetUp("greetings", lambda: greetings.get_or_create(words="Tervetuloa")))
        demonstration.register(
            demonstration.Demonstration("greetings", lambda: greetings.get_or_create(words="Esimerkki"))
        )
        groups.register(groups.GroupRights("greetings", editors=("greetings.change_greeting",)))
        second_factor.register(second_factor.Rule("greetings", lambda user: user.email.startswith("maija")))
        desk.tabs.register(desk.Tab("greetings", "Tervehdykset", "organisations:desk", 95))
        desk.today.register(
            desk.TodayRows("greetings", 95, lambda membership: [desk.TodayRow("Tervehdi naapuria", "/naapuri/")])
        )
        slots.register(
            slots.Filling("greetings", "home.jobs", "greetings/front_page.html", lambda page: {"words": "Hei, lukija"})
        )
        timed_work.register(timed_work.Work("greetings: count", greetings.count))
        retention.register(
            retention.RetentionRule(
                "greetings: greeting",
                "greetings.Greeting",
                ("words",),
                "a moment",
                lambda dry_run: retention.delete_rows(greetings, dry_run),
            )
        )
        router = Router()
        router.get("", url_name="greeting_list")(lambda request: list(greetings.values_list("words", flat=True)))
        routers.register(routers.ApiRouter("greetings", router))
        figures.register(
            figures.Figure("greetings", "Tervehdyksiä", "Kaikki", lambda period: greetings.count(), position=95)
        )
