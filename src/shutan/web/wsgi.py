"""WSGI entry: `granian --interface wsgi shutan.web.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shutan.web.settings")
application = get_wsgi_application()
