"""Routes of the evidence log; all but the list of one's records are for anybody."""

from django.urls import path

from shutan.apps.evidence import views

app_name = "evidence"
urlpatterns = [
    path("evidence/", views.state, name="log"),
    path("evidence/log.zip", views.archive, name="archive"),
    path("evidence/keys.txt", views.keys, name="keys"),
    path("evidence/checkpoints/latest.txt", views.latest, name="latest"),
    path("evidence/checkpoints/<int:size>.txt", views.checkpoint, name="checkpoint"),
    path("evidence/checkpoints/<int:size>.tsr", views.stamp, name="stamp"),
    path("evidence/records", views.records, name="records"),
    path("evidence/records/<int:pk>/receipt", views.receipt, name="receipt"),
]
