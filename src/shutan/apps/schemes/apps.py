"""Data quality control schemes as Django knows them."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_save


class SchemesConfig(AppConfig):
    """`shutan.apps.schemes`."""

    name = "shutan.apps.schemes"
    label = "schemes"

    def ready(self) -> None:
        """Tell the evidence log what schemes prove, and the calendars of duties when one was filed."""
        from shutan.apps.duties import calendars, deeds  # noqa: PLC0415 - models only once apps are ready
        from shutan.apps.schemes import proofs  # noqa: PLC0415
        from shutan.apps.schemes.deeds import filed  # noqa: PLC0415
        from shutan.apps.schemes.models import Scheme  # noqa: PLC0415

        def look(instance: Scheme, **_: Any) -> None:
            if instance.state == Scheme.State.SUBMITTED:
                calendars.see([instance.organisation_id])

        proofs.register()
        if filed not in deeds.SOURCES:
            deeds.SOURCES.append(filed)
        post_save.connect(look, sender=Scheme, weak=False, dispatch_uid="duties_see_schemes")
