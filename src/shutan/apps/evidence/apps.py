"""The evidence app."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EvidenceConfig(AppConfig):
    """`shutan.apps.evidence`."""

    name = "shutan.apps.evidence"
    label = "evidence"
    verbose_name = _("Evidence")

    def ready(self) -> None:
        """Keep what actions prove, and know how to prove what accounts decide."""
        from shutan.apps.accounts import log  # noqa: PLC0415 - models only once apps are ready
        from shutan.apps.common import files  # noqa: PLC0415
        from shutan.apps.evidence import mandates, recording, scanning  # noqa: PLC0415

        if recording.record not in log.RECORDERS:
            log.RECORDERS.append(recording.record)
        if scanning.note not in files.SCANNED:
            files.SCANNED.append(scanning.note)
        mandates.register_kinds()
