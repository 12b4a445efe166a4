"""Lists and duties as Django knows them."""

from typing import Any

from django.apps import AppConfig
from django.db import transaction
from django.db.models.signals import post_save


class DutiesConfig(AppConfig):
    """Lists of key units, candidates, calendars of duties."""

    name = "shutan.apps.duties"
    label = "duties"

    def ready(self) -> None:
        """Follow the directory: what an event changes, the calendars of its subjects show at once. Prove lists."""
        from shutan.apps.directory.models import Event  # noqa: PLC0415 - models only once apps are ready
        from shutan.apps.duties import calendars, proofs  # noqa: PLC0415

        proofs.register_kinds()

        def follow(instance: Event, *, created: bool, **_: Any) -> None:
            if created:
                transaction.on_commit(lambda: calendars.follow(instance))

        post_save.connect(follow, sender=Event, weak=False, dispatch_uid="duties_follow_events")
