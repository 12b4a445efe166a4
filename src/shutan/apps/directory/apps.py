"""The directory as Django knows it."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """Entities, dated facts, events."""

    name = "shutan.apps.directory"
    label = "directory"

    def ready(self) -> None:
        """Let the evidence log prove what is decided here."""
        from shutan.apps.directory import proofs  # noqa: PLC0415 - models only once apps are ready

        proofs.register_kinds()
