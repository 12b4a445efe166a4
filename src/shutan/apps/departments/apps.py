"""Departments' data as Django knows them."""

from django.apps import AppConfig


class DepartmentsConfig(AppConfig):
    """What other departments say of enterprises."""

    name = "shutan.apps.departments"
    label = "departments"
