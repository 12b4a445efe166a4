"""Rules and standards as Django knows them."""

from django.apps import AppConfig


class StandardsConfig(AppConfig):
    """`shutan.apps.standards`."""

    name = "shutan.apps.standards"
    label = "standards"
