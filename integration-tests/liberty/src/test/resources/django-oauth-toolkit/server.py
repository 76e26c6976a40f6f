"""Django OAuth Toolkit as an authorization server, on a free port of the loopback interface.

Usage: server.py DIRECTORY, where the database goes. The first line of the standard input says who is known, as JSON;
the first line of the standard output is the port. The server ends when its standard input does.
"""

import json
import os
import sys
import threading
from datetime import timedelta

import django
from django.conf import settings

settings.configure(
    ALLOWED_HOSTS=["127.0.0.1"],
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": os.path.join(sys.argv[1], "db.sqlite3"),
            "OPTIONS": {"timeout": 20},
        }
    },
    DEFAULT_AUTO_FIELD="django.db.models.AutoField",
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "oauth2_provider"],
    # Redirects to the address with a slash, as Django projects do.
    MIDDLEWARE=["django.middleware.common.CommonMiddleware"],
    OAUTH2_PROVIDER={
        "SCOPES": {
            "user": "the role user of the demo",
            "admin": "the role admin of the demo",
            "introspection": "asking about tokens",
        },
        "PKCE_REQUIRED": False,
    },
    PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    ROOT_URLCONF=__name__,
    SECRET_KEY="of no consequence here",
    USE_TZ=True,
)
django.setup()

from django.contrib.auth.models import User
from django.core.management import call_command
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from django.urls import include, path
from django.utils import timezone
from oauth2_provider.models import AccessToken, Application

urlpatterns = [path("o/", include("oauth2_provider.urls", namespace="oauth2_provider"))]


def seed(known):
    for name in known["users"]:
        User.objects.create_user(name, password=name)
    for client in known["clients"]:
        Application.objects.create(
            name=client["id"],
            client_id=client["id"],
            client_secret=client["secret"],
            client_type=Application.CLIENT_CONFIDENTIAL,
            authorization_grant_type=client["grant"],
        )
    for token in known["tokens"]:
        AccessToken.objects.create(
            token=token["token"],
            application=Application.objects.get(client_id=token["client"]),
            user=User.objects.filter(username=token.get("user")).first(),
            scope=token["scope"],
            expires=timezone.now() + timedelta(seconds=token["seconds"]),
        )


class SilentHandler(WSGIRequestHandler):
    def log_message(self, format, *args):
        pass


call_command("migrate", verbosity=0)
seed(json.loads(sys.stdin.readline()))
server = ThreadedWSGIServer(("127.0.0.1", 0), SilentHandler)
server.daemon_threads = True
server.set_app(get_wsgi_application())
threading.Thread(target=server.serve_forever, daemon=True).start()
print(server.server_address[1], flush=True)
sys.stdin.read()
