"""Routes of accounts; signing in is allauth's."""

from django.urls import path

from shutan.apps.accounts import views
from shutan.apps.accounts import views_mandates as mandates
from shutan.apps.accounts import views_organisations as organisations
from shutan.apps.accounts import views_people as people
from shutan.apps.accounts import views_tokens as tokens

app_name = "accounts"
urlpatterns = [
    path("me", views.profile, name="profile"),
    path("me/tokens", views.token_create, name="token_create"),
    path("me/tokens/<int:pk>/revoke", views.token_revoke, name="token_revoke"),
    path("me/density", views.density, name="density"),
    path("organisations/", organisations.listed, name="organisations"),
    path("organisations/new", organisations.new, name="organisation_new"),
    path("organisations/<int:pk>", organisations.detail, name="organisation"),
    path("organisations/<int:pk>/edit", organisations.edit, name="organisation_edit"),
    path("people", views.people, name="people"),
    path("people/new", people.new, name="person_new"),
    path("people/<int:pk>", people.detail, name="person"),
    path("people/<int:pk>/role", people.role, name="person_role"),
    path("people/<int:pk>/leave", people.leave, name="person_leave"),
    path("people/<int:pk>/deputy", people.deputy, name="person_deputy"),
    path("people/deputies/<int:pk>/end", people.deputy_end, name="deputy_end"),
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
