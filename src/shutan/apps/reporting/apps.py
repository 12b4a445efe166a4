"""The reporting app."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportingConfig(AppConfig):
    """`shutan.apps.reporting`."""

    name = "shutan.apps.reporting"
    label = "reporting"
    verbose_name = _("Reporting")

    def ready(self) -> None:
        """Let the evidence log prove what reporting does."""
        from shutan.apps.reporting import proofs  # noqa: PLC0415 - models only once apps are ready

        proofs.register_kinds()
