"""The filing app."""

from __future__ import annotations

from django.apps import AppConfig


class FilingConfig(AppConfig):
    """`shutan.apps.filing`."""

    name = "shutan.apps.filing"
    label = "filing"

    def ready(self) -> None:
        """Let the evidence log prove what filing does."""
        from shutan.apps.filing.proofs import register_kinds  # noqa: PLC0415 - models only once apps are ready

        register_kinds()
