"""The service keeps to its own OpenAPI description, whatever schemathesis (https://schemathesis.readthedocs.io/) makes of it."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, settings

from tests.service.conftest import Service

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed")
from kg.service.openapi import document  # noqa: E402

pytestmark = [pytest.mark.server, pytest.mark.filterwarnings("ignore")]
SCHEMA = schemathesis.openapi.from_dict({**document(), "servers": [{"url": "/"}]})

# A schema cannot say what SPARQL is, or which formats a query's form has; so a text that fits the schema may be refused, and the other way round.
UNSAID = [check for check in schemathesis.checks.CHECKS.get_all() if check.__name__ in ("positive_data_acceptance", "negative_data_rejection")]


@SCHEMA.exclude(path_regex="^/api/queries/.").parametrize()
@settings(
    max_examples=12, deadline=None, derandomize=True, database=None, phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck)
)
def test_every_answer_is_as_described(case: object, service: Service) -> None:
    case.call_and_validate(base_url=f"http://127.0.0.1:{service.port}", excluded_checks=UNSAID)  # type: ignore[attr-defined]
