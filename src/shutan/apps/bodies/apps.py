"""The register of service bodies as Django knows it."""

from django.apps import AppConfig


class BodiesConfig(AppConfig):
    """`shutan.apps.bodies`."""

    name = "shutan.apps.bodies"
    label = "bodies"

    def ready(self) -> None:
        """Let the evidence log prove what is decided here."""
        from shutan.apps.bodies import proofs  # noqa: PLC0415 - models only once apps are ready

        proofs.register_kinds()
