"""Routes of lists and duties."""

from django.urls import path

from shutan.apps.duties.views import adding, duties, intake, lists

app_name = "duties"
urlpatterns = [
    path("key-units/", lists.public, name="public"),
    path("lists/", lists.listed, name="lists"),
    path("lists/emissions", intake.emissions, name="emissions"),
    path("lists/candidates", intake.candidates, name="candidates"),
    path("lists/candidates/<int:pk>", intake.candidate, name="candidate"),
    path("lists/templates/<slug:kind>", intake.template, name="template"),
    path("lists/<int:pk>", lists.detail, name="list"),
    path("lists/<int:pk>/steps/<slug:name>", lists.step, name="list_step"),
    path("lists/<int:pk>/add", adding.add, name="list_add"),
    path("lists/<int:pk>/opinion", lists.opinion, name="opinion"),
    path("lists/<int:pk>/comparison", lists.compare, name="compare"),
    path("lists/<int:pk>/file/<slug:kind>", lists.file, name="list_file"),
    path("lists/<int:pk>/events/<int:event>/<int:entity>", lists.correct, name="correct"),
    path("lists/opinions/<int:pk>/reply", lists.reply, name="reply"),
    path("lists/units/<int:pk>", lists.entry, name="entry"),
    path("lists/units/<int:pk>/clock", duties.clock, name="clock"),
    path("duties/", duties.listed, name="duties"),
    path("duties/calendar.ics", duties.ics, name="ics"),
    path("duties/reminders", duties.remind, name="remind"),
    path("duties/inner", duties.inner, name="inner"),
    path("duties/inner/<int:pk>/withdraw", duties.inner_withdraw, name="inner_withdraw"),
    path("duties/notices", duties.notices, name="notices"),
    path("duties/notices/<int:pk>", duties.notice, name="notice"),
    path("duties/notices/<int:pk>/acknowledge", duties.acknowledge, name="acknowledge"),
    path("duties/<int:pk>", duties.duty, name="duty"),
    path("duties/<int:pk>/<slug:name>", duties.change, name="duty_change"),
]
