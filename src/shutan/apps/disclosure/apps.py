"""Disclosure as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DisclosureConfig(AppConfig):
    """`shutan.apps.disclosure`."""

    name = "shutan.apps.disclosure"
    label = "disclosure"
    verbose_name = _("Disclosure")

    def ready(self) -> None:
        """Let the evidence log prove what was made public, and corrections of reports reach it."""
        from shutan.apps.disclosure import consequences, proofs  # noqa: PLC0415 - models only once apps are ready

        proofs.register_kinds()
        consequences.register_consequences()
