"""The reporting app."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from shutan.apps.common import known


class ReportingConfig(AppConfig):
    """`shutan.apps.reporting`."""

    name = "shutan.apps.reporting"
    label = "reporting"
    verbose_name = _("Reporting")

    def ready(self) -> None:
        """Let the evidence log prove what reporting does, and apps below compute with the values that arrived by notice."""
        from shutan.apps.reporting import proofs  # noqa: PLC0415 - models only once apps are ready
        from shutan.apps.reporting.results import register  # noqa: PLC0415

        proofs.register_kinds()
        known.SOURCES.append(register)
