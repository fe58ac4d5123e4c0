"""Operations that are worked out when they are first asked for."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from fastapi.dependencies.models import Dependant

from app.api.described import DescribedRoute


def greet(name: str) -> str:
    return name


def test_an_operation_knows_its_address_before_it_is_worked_out() -> None:
    route = DescribedRoute("/greetings/{name}", greet, methods=["GET"], response_model=str)

    assert "dependant" not in vars(route)
    assert (route.path_format, route.methods, route.replies) == ("/greetings/{name}", {"GET"}, {"200": str})


def test_who_asks_for_an_operation_at_once_gets_one_and_the_same() -> None:
    for _ in range(20):
        route, asked = DescribedRoute("/greetings/{name}", greet), Barrier(4)

        def ask(route: DescribedRoute = route, asked: Barrier = asked) -> Dependant:
            asked.wait()
            return route.dependant

        with ThreadPoolExecutor(4) as people:
            found = [done.result() for done in [people.submit(ask) for _ in range(4)]]

        assert {id(each) for each in found} == {id(route.dependant)}


def test_what_no_operation_has_is_not_there() -> None:
    with pytest.raises(AttributeError, match="unheard_of"):
        DescribedRoute("/greetings", greet).unheard_of  # noqa: B018 # asking is the test
