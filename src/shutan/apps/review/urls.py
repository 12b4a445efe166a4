"""Routes of the joint review."""

from django.urls import path

from shutan.apps.review.views import clues, desk, month, questions, report, subject, weekly

app_name = "review"
urlpatterns = [
    path("review/", desk.desk, name="desk"),
    path("review/reports", desk.reported, name="reports"),
    path("review/many", desk.many, name="many"),
    path("review/many/assign", desk.assign, name="assign"),
    path("review/many/return", desk.return_many, name="return_many"),
    path("review/templates", desk.phrases, name="phrases"),
    path("review/templates/<int:pk>", desk.phrase, name="phrase"),
    path("review/months/<int:pk>", month.month, name="month"),
    path("review/reports/<int:pk>", report.report, name="report"),
    path("review/questions", questions.listed, name="questions"),
    path("review/questions/<int:pk>", questions.detail, name="question"),
    path("review/questions/<int:pk>/steps/<slug:kind>", questions.step, name="step"),
    path("review/questions/<int:pk>/files/<int:statement>/<int:at>", questions.file, name="file"),
    path("review/weekly", weekly.page, name="weekly"),
    path("review/clues", clues.listed, name="clues"),
    path("review/clues/new", clues.new_list, name="new_list"),
    path("review/clues/template.xlsx", clues.template, name="clue_template"),
    path("review/clues/<int:pk>", clues.detail, name="clue"),
    path("review/clues/<int:pk>/match", clues.match, name="clue_match"),
    path("review/clues/<int:pk>/steps/<slug:kind>", clues.step, name="clue_step"),
    path("review/clues/<int:pk>/files/<int:word>/<int:at>", clues.file, name="clue_file"),
    # what: months | reports (subjects.KINDS); last, for it fits other addresses too
    path("review/<slug:what>/<int:pk>/risk", subject.risk_of, name="risk"),
    path("review/<slug:what>/<int:pk>/ticks", subject.tick, name="tick"),
    path("review/<slug:what>/<int:pk>/steps/<slug:name>", subject.decide, name="decide"),
    path("review/<slug:what>/<int:pk>/ask", questions.ask, name="ask"),
    path("review/<slug:what>/<int:pk>/findings/<int:finding>", questions.reply, name="reply"),
]
