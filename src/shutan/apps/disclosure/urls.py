"""Routes of disclosure."""

from django.urls import path

from shutan.apps.disclosure import views

app_name = "disclosure"
urlpatterns = [
    path("disclosures/", views.public, name="public"),
    path("disclosures/owed", views.owed, name="owed"),
    path("disclosures/begin/<int:report>", views.begin, name="begin"),
    path("disclosures/drafts/<int:pk>", views.draft, name="draft"),
    path("disclosures/drafts/<int:pk>/publish", views.publish, name="publish"),
    path("disclosures/drafts/<int:pk>/discard", views.discard, name="discard"),
    path("disclosures/<int:pk>", views.page, name="page"),
    path("disclosures/<int:pk>/file.<slug:kind>", views.download, name="download"),
]
