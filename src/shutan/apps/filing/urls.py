"""Routes of monthly filing."""

from django.urls import path

from shutan.apps.filing.views import books, evidence, history, months, plant, tests

app_name = "filing"
urlpatterns = [
    path("filing/", books.listed, name="list"),
    path("filing/new", books.new, name="new"),
    path("filing/<int:pk>", books.overview, name="book"),
    path("filing/<int:pk>/year", books.yearly, name="yearly"),
    path("filing/<int:pk>/platform", books.platform, name="platform"),
    path("filing/<int:pk>/platform.xlsx", books.export, name="export"),
    path("filing/<int:pk>/platform.json", books.export_json, name="export_json"),
    path("filing/<int:pk>/year/cells", books.save_cells, name="book_cells"),
    path("filing/<int:pk>/year/rows", books.remove_row, name="book_rows"),
    path("filing/<int:pk>/months/<int:month>/open", books.open_month, name="open_month"),
    path("filing/months/<int:pk>", months.grid, name="month"),
    path("filing/months/<int:pk>/tests", tests.offers, name="tests"),
    path("filing/months/<int:pk>/cells", months.save_cells, name="month_cells"),
    path("filing/months/<int:pk>/rows", months.remove_row, name="month_rows"),
    path("filing/months/<int:pk>/sheet", plant.sheet, name="sheet"),
    path("filing/mappings/<int:pk>/remove", plant.drop, name="drop_mapping"),
    path("filing/months/<int:pk>/standing", months.standing, name="standing"),
    path("filing/months/<int:pk>/findings", months.findings, name="findings"),
    path("filing/months/<int:pk>/changes", months.changes, name="changes"),
    path("filing/months/<int:pk>/history", history.page, name="history"),
    path("filing/months/<int:pk>/steps/<slug:name>", months.step, name="step"),
    path("filing/months/<int:pk>/evidence", evidence.page, name="evidence"),
    path("filing/months/<int:pk>/sheet.pdf", evidence.printed, name="print"),
    path("filing/months/<int:pk>/evidence/add", evidence.add, name="add_evidence"),
    path("filing/evidence/<int:pk>", evidence.file, name="file"),
    path("filing/evidence/<int:pk>/sort", evidence.sort, name="sort"),
    path("filing/evidence/<int:pk>/remove", evidence.remove, name="remove_evidence"),
]
