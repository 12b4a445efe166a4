"""The directory as Django knows it."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Entities, dated facts, events."""

    name = "shutan.apps.directory"
    label = "directory"
