"""Routes of reporting."""

from django.urls import path

from shutan.apps.reporting.views import annual, lists, notices, reports, rulebook, uncertainty

app_name = "reporting"
urlpatterns = [
    path("reports/", lists.reports, name="list"),
    path("reports/new", lists.upload, name="upload"),
    path("reports/templates/<slug:rules>-<int:year>.xlsx", lists.template, name="template"),
    path("reports/<int:pk>", reports.overview, name="report"),
    path("reports/<int:pk>/tables", reports.sheets, name="sheets"),
    path("reports/<int:pk>/figures", reports.figures, name="figures"),
    path("reports/<int:pk>/inputs", reports.inputs, name="inputs"),
    path("reports/<int:pk>/findings", reports.findings, name="findings"),
    path("reports/<int:pk>/compare", reports.compare, name="compare"),
    path("reports/<int:pk>/platform", reports.platform, name="platform"),
    path("reports/<int:pk>/uncertainty", uncertainty.page, name="uncertainty"),
    path("reports/<int:pk>/explain/<slug:name>", reports.explain, name="explain"),
    path("reports/<int:pk>/download/<slug:kind>", reports.download, name="download"),
    path("reports/from-book/<int:book>", annual.assemble, name="assemble"),
    path("reports/<int:pk>/months", annual.months, name="months"),
    path("reports/<int:pk>/months/again", annual.again, name="assemble_again"),
    path("reports/<int:pk>/months/add", annual.add, name="add_values"),
    path("reports/<int:pk>/declaration", annual.declaration, name="declaration"),
    path("reports/<int:pk>/declaration/scan", annual.declare, name="declare"),
    path("reports/<int:pk>/declaration/signature", annual.sign, name="sign"),
    path("reports/<int:pk>/declaration/file", annual.declaration_file, name="declaration_file"),
    path("reports/<int:pk>/submit", reports.submit, name="submit"),
    path("reports/<int:pk>/recompute", reports.recompute, name="recompute"),
    path("reports/<int:pk>/delete", reports.delete, name="delete"),
    path("reports/<int:pk>/rename", reports.rename, name="rename"),
    path("notices/", notices.listed, name="notices"),
    path("notices/new", notices.new, name="notice_new"),
    path("notices/new/<slug:rules>/<slug:name>", notices.form, name="notice_form"),
    path("notices/<int:pk>", notices.detail, name="notice"),
    path("notices/<int:pk>/file", notices.file, name="notice_file"),
    path("notices/<int:pk>/decision", notices.decide, name="decide"),
    path("notices/<int:pk>/withdrawal", notices.withdraw, name="notice_withdraw"),
    path("notices/<int:pk>/withdrawal/decision", notices.decide_withdrawal, name="notice_withdrawal"),
    path("rules/", rulebook.clauses, name="rulebook"),
    path("rules/matrix", rulebook.matrix, name="matrix"),
    path("rules/guidelines", rulebook.guidelines, name="guidelines"),
    path("rules/parameters", rulebook.parameters, name="parameters"),
    path("rules/<slug:rules>/parameters/<slug:name>", rulebook.parameter, name="parameter"),
    path("rules/<slug:rules>/rules/<slug:name>", rulebook.rule, name="rule"),
    path("rules/<slug:rules>/clauses/<path:clause_id>", rulebook.clause, name="clause"),
]
