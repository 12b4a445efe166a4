"""Policies of enterprises as Django knows them."""

from django.apps import AppConfig


class PoliciesConfig(AppConfig):
    """`shutan.apps.policies`."""

    name = "shutan.apps.policies"
    label = "policies"

    def ready(self) -> None:
        """Tell the evidence log what an agreement proves."""
        from shutan.apps.policies import proofs  # noqa: PLC0415 - models only once apps are ready

        proofs.register()
