import pytest
from django.urls import reverse

from shutan.rules.registry import rule_sets


def names_and_args(report):
    pk = report.pk
    for name in ("report", "sheets", "figures", "inputs", "findings", "compare"):
        yield f"reporting:{name}", [pk]
    yield "reporting:explain", [pk, "enterprise_emissions"]
    for name in ("list", "upload", "rulebook", "matrix", "parameters"):
        yield f"reporting:{name}", []


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_renders(client, people, report, language):
    client.force_login(people["filler"])
    client.cookies["django_language"] = language
    for name, args in names_and_args(report):
        response = client.get(reverse(name, args=args))
        assert response.status_code == 200, (name, response.content[:500])
    for rules in rule_sets().values():
        for page, names in (("clause", rules.clauses), ("parameter", rules.parameters), ("rule", rules.rules)):
            for one in list(names)[:: 1 if language == "en" else 20]:
                response = client.get(reverse(f"reporting:{page}", args=[rules.name, one]))
                assert response.status_code == 200, one
