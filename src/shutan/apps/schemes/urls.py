"""Routes of schemes and meters."""

from django.urls import path

from shutan.apps.schemes.views import meters, rows, schemes

app_name = "schemes"
urlpatterns = [
    path("schemes/", schemes.listed, name="list"),
    path("schemes/begin", schemes.begin, name="begin"),
    path("schemes/<int:pk>", schemes.detail, name="scheme"),
    path("schemes/<int:pk>/steps/<slug:name>", schemes.step, name="step"),
    path("schemes/<int:pk>/opinions", schemes.opine, name="opine"),
    path("schemes/<int:pk>/revise", schemes.revise, name="revise"),
    path("schemes/<int:pk>/compare", schemes.compare, name="compare"),
    path("schemes/<int:pk>/scheme.<slug:kind>", schemes.export, name="export"),
    path("schemes/<int:pk>/import", rows.take_in, name="import"),
    path("schemes/<int:pk>/files/<int:file>", rows.file, name="file"),
    path("schemes/<int:pk>/files/<int:file>/remove", rows.drop_file, name="drop_file"),
    path("schemes/<int:pk>/files/<slug:item>/add", rows.add_files, name="add_files"),
    path("schemes/<int:pk>/sections/<str:number>", rows.section, name="section"),
    path("schemes/<int:pk>/sections/<str:number>/new", rows.new, name="new_row"),
    path("schemes/<int:pk>/sections/<str:number>/<int:row>", rows.change, name="row"),
    path("schemes/<int:pk>/sections/<str:number>/<int:row>/remove", rows.remove, name="remove_row"),
    path("meters/", meters.listed, name="meters"),
    path("meters/new", meters.new, name="new_meter"),
    path("meters/<int:pk>", meters.detail, name="meter"),
    path("meters/<int:pk>/change", meters.change, name="change_meter"),
    path("meters/<int:pk>/calibrations", meters.calibrate, name="calibrate"),
    path("meters/<int:pk>/calibrations/<int:calibration>", meters.certificate, name="certificate"),
    path("meters/<int:pk>/calibrations/<int:calibration>/withdraw", meters.withdraw, name="withdraw"),
]
