"""Routes of test reports."""

from django.urls import path

from shutan.apps.labreports import views

app_name = "labreports"
urlpatterns = [
    path("tests/", views.listed, name="list"),
    path("tests/new", views.new, name="new"),
    path("tests/template.xlsx", views.template, name="template"),
    path("tests/import", views.take_in, name="import"),
    path("tests/years/<int:organisation>/<int:year>", views.year, name="year"),
    path("tests/<int:pk>", views.detail, name="report"),
    path("tests/<int:pk>/change", views.change, name="change"),
    path("tests/<int:pk>/withdraw", views.withdraw, name="withdraw"),
    path("tests/<int:pk>/file", views.file, name="file"),
]
