"""Routes of accounts; signing in is allauth's."""

from django.urls import path

from shutan.apps.accounts import views

app_name = "accounts"
urlpatterns = [
    path("me", views.profile, name="profile"),
    path("me/tokens", views.token_create, name="token_create"),
    path("me/tokens/<int:pk>/revoke", views.token_revoke, name="token_revoke"),
    path("me/density", views.density, name="density"),
    path("people", views.people, name="people"),
    path("log", views.log, name="log"),
]
