"""Referrals as Django knows them."""

from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    """Matters sent between authorities."""

    name = "shutan.apps.referrals"
    label = "referrals"
