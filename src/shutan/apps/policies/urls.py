"""Routes of policies."""

from django.urls import path

from shutan.apps.policies import views

app_name = "policies"
urlpatterns = [
    path("policies/", views.listed, name="list"),
    path("policies/begin", views.begin, name="begin"),
    path("policies/<int:pk>", views.detail, name="policy"),
    path("policies/<int:pk>/save", views.save, name="save"),
    path("policies/<int:pk>/measures", views.measure, name="new_measure"),
    path("policies/<int:pk>/measures/<int:row>", views.measure, name="measure"),
    path("policies/<int:pk>/measures/<int:row>/remove", views.remove, name="remove"),
    path("policies/<int:pk>/measures/<int:row>/follow", views.follow, name="follow"),
    path("policies/<int:pk>/steps/<slug:step>", views.step, name="step"),
    path("policies/<int:pk>/file.<slug:kind>", views.export, name="export"),
]
