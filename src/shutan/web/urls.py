"""All routes. Each needs its row in shutan/apps/accounts/access_table.py."""

from django.urls import include, path

from shutan.web import operations, second_factor, sessions, views
from shutan.web.api import api

urlpatterns = [
    path("", views.home, name="home"),
    path("inbox", views.inbox, name="inbox"),
    path("search", views.search, name="search"),
    path("language", views.language, name="language"),
    path("me/second-factor", second_factor.confirm, name="second_factor"),
    path("operations", operations.page, name="operations"),
    path("", include("shutan.apps.accounts.urls")),
    path("", include("shutan.apps.duties.urls")),
    path("", include("shutan.apps.directory.urls")),
    path("", include("shutan.apps.policies.urls")),
    path("", include("shutan.apps.referrals.urls")),
    path("", include("shutan.apps.departments.urls")),
    path("", include("shutan.apps.bodies.urls")),
    path("", include("shutan.apps.schemes.urls")),
    path("", include("shutan.apps.labreports.urls")),
    path("", include("shutan.apps.filing.urls")),
    path("", include("shutan.apps.reporting.urls")),
    path("", include("shutan.apps.standards.urls")),
    path("", include("shutan.apps.evidence.urls")),
    path("", include("shutan.apps.disclosure.urls")),
    path("", include("shutan.apps.review.urls")),
    path("", include("shutan.apps.archives.urls")),
    # What `allauth.urls` holds, without its unnamed addresses of former versions.
    path("accounts/", include("allauth.account.urls")),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("accounts/sessions/", sessions.overview, name="usersessions_list"),
    path("accounts/sessions/<int:pk>/end", sessions.end, name="usersessions_end"),
    path("accounts/3rdparty/", include("allauth.socialaccount.urls")),
    path("accounts/", include("allauth.socialaccount.providers.openid_connect.urls")),
    path("api/v1/", api.urls),
    path("_/health", views.health, name="health"),
    path("_/components", views.components, name="components"),
    path("_/components/explain", views.components_explain, name="components_explain"),
    path("_/components/upload", views.components_upload, name="components_upload"),
]

handler400 = "shutan.web.errors.bad_request"
handler403 = "shutan.web.errors.forbidden"
handler404 = "shutan.web.errors.not_found"
handler500 = "shutan.web.errors.server_error"
handler429 = "shutan.web.errors.too_many"  # allauth asks for it
