"""Routes of referrals."""

from django.urls import path

from shutan.apps.referrals import views

app_name = "referrals"
urlpatterns = [
    path("referrals/", views.listed, name="list"),
    path("referrals/new", views.new, name="new"),
    path("referrals/<int:pk>", views.detail, name="referral"),
    path("referrals/<int:pk>/files/<int:word>/<int:at>", views.file, name="file"),
    path("referrals/<int:pk>/steps/<slug:name>", views.step, name="step"),
]
