"""Routes of the directory."""

from django.urls import path

from shutan.apps.directory.views import events, exchange, lists, records

app_name = "directory"
urlpatterns = [
    path("directory/", lists.entities, name="list"),
    path("directory/kinds/<slug:kind>", lists.entities, name="kind"),
    path("directory/map", lists.province_map, name="map"),
    path("directory/choices", records.choices, name="choices"),
    path("directory/views", lists.save_view, name="save_view"),
    path("directory/views/<int:pk>", lists.drop_view, name="drop_view"),
    path("directory/import", exchange.import_page, name="import"),
    path("directory/template.xlsx", exchange.template, name="template"),
    path("directory/export.xlsx", exchange.export, name="export"),
    path("directory/events", events.listing, name="events"),
    path("directory/events/<int:pk>", events.event, name="event"),
    path("directory/events/<int:pk>/correction", events.correct, name="correct_event"),
    path("directory/events/<int:pk>/registry", events.decide, name="decide"),
    path("directory/registry-changes", events.registry_changes, name="registry_changes"),
    path("directory/new/<slug:kind>", records.create, name="create"),
    path("directory/<int:pk>", records.entity, name="entity"),
    path("directory/<int:pk>/change", records.change, name="change"),
    path("directory/<int:pk>/facts/<int:fact>", records.correct, name="correct"),
    path("directory/<int:pk>/facts/<int:fact>/end", records.end, name="end"),
    path("directory/<int:pk>/account", records.account, name="account"),
    path("directory/<int:pk>/events/new", events.record, name="record"),
]
