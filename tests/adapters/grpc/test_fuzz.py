"""Whatever bytes come to whatever method, the answer is clean: no bug, no leak, a reason."""

from __future__ import annotations

import grpc
import pytest
from google.protobuf.descriptor import MethodDescriptor
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.adapters.grpc.bad_inputs.cases import assert_shows_nothing_inside
from tests.support.call_metrics import CountingCallMetrics
from tests.support.fuzz import bodies
from tests.support.grpc_calls import Caller, Refusal
from twitchbot.adapters.grpc.services import SERVICES
from twitchbot.api.error_reason_pb2 import ErrorReason

METHODS = [method for service in SERVICES for method in service.methods]
CALLS_PER_METHOD = 22
# What a request alone can bring about, with a database and a chat that work.
ALLOWED = {
    grpc.StatusCode.INVALID_ARGUMENT,
    grpc.StatusCode.NOT_FOUND,
    grpc.StatusCode.ALREADY_EXISTS,
    grpc.StatusCode.FAILED_PRECONDITION,
}


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.full_name)
@given(data=st.data())
@settings(
    max_examples=CALLS_PER_METHOD,
    deadline=None,
    # One server answers all examples, as it does in life.
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
async def test_any_bytes_get_a_clean_answer(
    call: Caller, metrics: CountingCallMetrics, method: MethodDescriptor, data: st.DataObject
) -> None:
    body = data.draw(bodies(method.input_type))

    outcome = await call.outcome(f"{method.containing_service.name}/{method.name}", body)

    assert metrics.bugs == 0
    if isinstance(outcome, Refusal):
        assert_shows_nothing_inside(outcome)
        assert outcome.code in ALLOWED
        assert outcome.domain == "twitchbot"
        assert f"ERROR_REASON_{outcome.reason}" in ErrorReason.keys()  # noqa: SIM118 - no dict
