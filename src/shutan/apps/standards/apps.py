"""Rules and standards as Django knows them."""

from django.apps import AppConfig


class StandardsConfig(AppConfig):
    """`shutan.apps.standards`."""

    name = "shutan.apps.standards"
    label = "standards"

    def ready(self) -> None:
        """Let the evidence log prove what is decided here."""
        from shutan.apps.standards import proofs  # noqa: PLC0415 - models only once apps are ready

        proofs.register_kinds()
