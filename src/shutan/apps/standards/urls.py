"""Routes of rules and standards."""

from django.urls import path

from shutan.apps.standards.views import assessments, instruments, standard

app_name = "standards"
urlpatterns = [
    path("standards/", instruments.listed, name="instruments"),
    path("standards/new", instruments.new, name="new"),
    path("standards/<int:pk>", instruments.detail, name="instrument"),
    path("standards/<int:pk>/compare", instruments.compare, name="compare"),
    path("standards/<int:pk>/amend", instruments.amend, name="amend"),
    path("standards/<int:pk>/repeal", instruments.repeal, name="repeal"),
    path("standards/texts/<int:pk>.pdf", instruments.text_pdf, name="text_pdf"),
    path("standards/attachments/<int:pk>", instruments.attachment, name="attachment"),
    path("standards/attachments/<int:pk>/remove", instruments.detach, name="detach"),
    path("standards/links/<int:pk>/remove", instruments.drop_link, name="unlink"),
    path("standards/opinions/<int:pk>/answer", instruments.answer, name="answer"),
    path("standards/versions/<int:pk>/text", instruments.edit, name="edit"),
    path("standards/versions/<int:pk>/opinions", instruments.opine, name="opine"),
    path("standards/versions/<int:pk>/attachments", instruments.attach, name="attach"),
    path("standards/versions/<int:pk>/links", instruments.add_link, name="link"),
    path("standards/versions/<int:pk>/steps/<slug:name>", instruments.step, name="step"),
    path("standards/management", standard.page, name="standard"),
    path("standards/management/clauses", standard.register_clause, name="register_clause"),
    path("standards/management/clauses/<int:pk>", standard.decide_clause, name="decide_clause"),
    path("standards/management/weights", standard.register_weights, name="register_weights"),
    path("standards/management/weights/<int:pk>", standard.decide_weights, name="decide_weights"),
    path("assessments/", assessments.listed, name="assessments"),
    path("assessments/begin", assessments.begin, name="begin"),
    path("assessments/<int:pk>", assessments.detail, name="assessment"),
    path("assessments/<int:pk>/years", assessments.compare, name="assessment_compare"),
    path("assessments/<int:pk>/sign", assessments.sign, name="sign"),
    path("assessments/<int:pk>/download.<slug:kind>", assessments.export, name="assessment_download"),
    path("assessments/items/<int:pk>", assessments.item, name="item"),
    path("assessments/items/<int:pk>/evidence", assessments.add_evidence, name="add_evidence"),
    path("assessments/items/<int:pk>/improvements", assessments.improve, name="improve"),
    path("assessments/evidence/<int:pk>", assessments.evidence, name="evidence"),
    path("assessments/evidence/<int:pk>/remove", assessments.drop_evidence, name="drop_evidence"),
    path("assessments/improvements/<int:pk>", assessments.improvement, name="improvement"),
]
