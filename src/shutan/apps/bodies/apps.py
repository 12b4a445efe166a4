"""The register of service bodies as Django knows it."""

from django.apps import AppConfig


class BodiesConfig(AppConfig):
    """`shutan.apps.bodies`."""

    name = "shutan.apps.bodies"
    label = "bodies"
