"""Records and archives as Django knows them."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ArchivesConfig(AppConfig):
    """`shutan.apps.archives`."""

    name = "shutan.apps.archives"
    label = "archives"
    verbose_name = _("Records and archives")
