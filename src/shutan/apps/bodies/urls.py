"""Routes of the register of service bodies."""

from django.urls import path

from shutan.apps.bodies.views import findings, public, record, review, rows

app_name = "bodies"
urlpatterns = [
    path("register/bodies/", public.register, name="register"),
    path("register/bodies/<int:pk>", public.page, name="page"),
    path("bodies/", record.listed, name="list"),
    path("bodies/mine", record.mine, name="mine"),
    path("bodies/start", record.start, name="start"),
    path("bodies/<int:pk>", record.body, name="body"),
    path("bodies/<int:pk>/profile", record.profile, name="profile"),
    path("bodies/<int:pk>/parts/<slug:part>", rows.section, name="section"),
    path("bodies/<int:pk>/parts/<slug:part>/new", rows.new, name="new_row"),
    path("bodies/<int:pk>/parts/<slug:part>/<int:row>", rows.change, name="row"),
    path("bodies/<int:pk>/parts/<slug:part>/<int:row>/remove", rows.remove, name="remove_row"),
    path("bodies/<int:pk>/parts/<slug:part>/<int:row>/document", rows.document, name="document"),
    path("bodies/<int:pk>/parts/<slug:part>/template.xlsx", rows.template, name="template"),
    path("bodies/<int:pk>/parts/<slug:part>/import", rows.take_in, name="import"),
    path("bodies/<int:pk>/submit", review.submit, name="submit"),
    path("bodies/<int:pk>/take-back", review.take_back, name="take_back"),
    path("bodies/<int:pk>/applications/<int:number>", review.application, name="application"),
    path("bodies/<int:pk>/applications/<int:number>/decide", review.decide, name="decide"),
    path("bodies/<int:pk>/standing", review.standing, name="standing"),
    path("bodies/<int:pk>/findings/new", findings.new, name="new_finding"),
    path("bodies/<int:pk>/findings/<int:number>", findings.detail, name="finding"),
]
