"""THE access table: every route and every action with who may. A route missing here is closed, and a test fails.

Audiences are explained in `access.py`. Add your app's rows in a block of their own, in the plan's order.
"""

from __future__ import annotations

ANYONE = "anyone"
SIGNED_IN = "signed_in"


def to(*words: str) -> frozenset[str]:
    """An audience."""
    return frozenset(words)


# Those who see more than their own organisation.
REGULATORS = ("province", "city")
# Whoever runs an organisation's log-ins.
ADMINS = tuple(
    f"{kind}.admin"
    for kind in (
        "enterprise", "province", "city", "department", "verifier", "laboratory", "service", "exchange", "bank",
        "association",
    )
)  # fmt: skip
# People who act for an organisation, not for themselves alone.
PROFESSIONALS = tuple(admin.removesuffix(".admin") for admin in ADMINS)

ROUTES: dict[str, frozenset[str]] = {
    # The frame
    "home": to(SIGNED_IN),
    "inbox": to(SIGNED_IN),
    "search": to(SIGNED_IN),
    "language": to(ANYONE),
    "health": to(ANYONE),
    "components": to(SIGNED_IN),  # and only while developing, or for staff: the view asks
    "components_explain": to(SIGNED_IN),
    "components_upload": to(SIGNED_IN),
    # People and their organisation
    "accounts:profile": to(SIGNED_IN),
    "accounts:token_create": to(*PROFESSIONALS),
    "accounts:token_revoke": to(SIGNED_IN),
    "accounts:density": to(SIGNED_IN),
    "accounts:people": to(*PROFESSIONALS),
    "accounts:log": to(*PROFESSIONALS),
    # Signing in is by allauth
    "account_login": to(ANYONE),
    "account_logout": to(ANYONE),
    "account_inactive": to(ANYONE),
    "account_signup": to(ANYONE),
    "account_confirm_login_code": to(ANYONE),
    "account_reauthenticate": to(SIGNED_IN),
    "account_change_password": to(SIGNED_IN),
    "account_set_password": to(SIGNED_IN),
    "account_email": to(SIGNED_IN),
    "account_email_verification_sent": to(ANYONE),
    "account_confirm_email": to(ANYONE),
    "account_reset_password": to(ANYONE),
    "account_reset_password_done": to(ANYONE),
    "account_reset_password_from_key": to(ANYONE),
    "account_reset_password_from_key_done": to(ANYONE),
    "mfa_index": to(SIGNED_IN),
    "mfa_authenticate": to(ANYONE),
    "mfa_reauthenticate": to(SIGNED_IN),
    "mfa_activate_totp": to(SIGNED_IN),
    "mfa_deactivate_totp": to(SIGNED_IN),
    "mfa_view_recovery_codes": to(SIGNED_IN),
    "mfa_generate_recovery_codes": to(SIGNED_IN),
    "mfa_download_recovery_codes": to(SIGNED_IN),
    "usersessions_list": to(SIGNED_IN),
    # the API
    "api:openapi-json": to(ANYONE),
    "api:openapi-view": to(ANYONE),
    "api:api-root": to(ANYONE),
    "api:me": to(SIGNED_IN),
    "api:log": to(*PROFESSIONALS),
}

ACTIONS: dict[str, frozenset[str]] = {
    "accounts.create_organisation": to("province.admin"),
    "accounts.create_user": to("province.admin", *ADMINS),
    "accounts.deactivate_user": to(*ADMINS),
    "accounts.change_preferences": to(SIGNED_IN),
    "accounts.create_token": to(*PROFESSIONALS),
    "accounts.revoke_token": to(SIGNED_IN),
}
