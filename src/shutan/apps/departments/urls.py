"""Routes of departments' data."""

from django.urls import path

from shutan.apps.departments import views

app_name = "departments"
urlpatterns = [
    path("department-data/", views.listed, name="data"),
    path("department-data/uploads", views.deliveries, name="deliveries"),
    path("department-data/<slug:kind>", views.upload, name="upload"),
    path("department-data/<slug:kind>/template.xlsx", views.template, name="template"),
]
