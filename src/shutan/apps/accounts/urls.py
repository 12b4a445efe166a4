"""Routes of accounts; signing in is allauth's."""

from django.urls import path

from shutan.apps.accounts import views
from shutan.apps.accounts import views_mandates as mandates
from shutan.apps.accounts import views_tokens as tokens

app_name = "accounts"
urlpatterns = [
    path("me", views.profile, name="profile"),
    path("me/tokens", views.token_create, name="token_create"),
    path("me/tokens/<int:pk>/revoke", views.token_revoke, name="token_revoke"),
    path("me/density", views.density, name="density"),
    path("people", views.people, name="people"),
    path("people/tokens", tokens.listed, name="tokens"),
    path("people/tokens/<int:pk>", tokens.detail, name="token"),
    path("log", views.log, name="log"),
    path("mandates/", mandates.listed, name="mandates"),
    path("mandates/new", mandates.new, name="mandate_new"),
    path("mandates/<int:pk>", mandates.detail, name="mandate"),
    path("mandates/<int:pk>/document", mandates.document, name="mandate_document"),
    path("mandates/<int:pk>/accept", mandates.accept, name="mandate_accept"),
    path("mandates/<int:pk>/end", mandates.end, name="mandate_end"),
]
