"""Joint review as Django knows it."""

from django.apps import AppConfig
from django.db.models.signals import post_save


class ReviewConfig(AppConfig):
    """The reviewers' desk."""

    name = "shutan.apps.review"
    label = "review"

    def ready(self) -> None:
        """Screen each month once it is filed, for the reviewers."""
        from shutan.apps.filing.models import MonthlyFiling  # noqa: PLC0415 - models only once apps are ready
        from shutan.apps.review.risk import month_saved  # noqa: PLC0415

        post_save.connect(month_saved, sender=MonthlyFiling, dispatch_uid="review_screens_months")
