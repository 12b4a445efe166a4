"""Routes of the ledger and of archives."""

from django.urls import path

from shutan.apps.archives import views, views_archives

app_name = "archives"
urlpatterns = [
    path("records/", views.listed, name="list"),
    path("records/<int:organisation>", views.ledger, name="ledger"),
    path("records/<int:organisation>/new", views.new, name="new"),
    path("records/<int:organisation>/paper.xlsx", views.template, name="template"),
    path("records/<int:organisation>/import", views.take_in, name="import"),
    path("records/<int:organisation>/archives", views_archives.archives, name="archives"),
    path("records/<str:source>/<int:pk>", views.record, name="record"),
    path("records/<str:source>/<int:pk>/place", views.put, name="put"),
    path("records/<str:source>/<int:pk>/<slug:name>", views.close, name="close"),
    path("papers/<int:pk>/change", views.change, name="change"),
    path("archives/<int:pk>", views_archives.progress, name="progress"),
    path("archives/<int:pk>/file", views_archives.file, name="file"),
]
