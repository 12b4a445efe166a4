"""Test reports as Django knows them."""

from django.apps import AppConfig


class LabreportsConfig(AppConfig):
    """`shutan.apps.labreports`."""

    name = "shutan.apps.labreports"
    label = "labreports"
