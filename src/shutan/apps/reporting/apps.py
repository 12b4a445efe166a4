"""The reporting app."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportingConfig(AppConfig):
    """`shutan.apps.reporting`."""

    name = "shutan.apps.reporting"
    label = "reporting"
    verbose_name = _("Reporting")
