"""What holds for all tests: properties have no deadline, and tests are named alike in every process that runs them."""

import pytest
from hypothesis import settings

# How long an example takes says nothing on a shared machine.
settings.register_profile("gongkai", deadline=None)
settings.load_profile("gongkai")


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """A file is called by its argument, not by its bytes: packed ones hold the second in which they were made."""
    return argname if isinstance(val, bytes) else None


@pytest.fixture
def one_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Polars alone judges, which takes a tenth of the time of the whole gate."""
    from expectations import gate, verdict

    def judge(_, residuals):
        failing = residuals().filter(outcome="fail").select(verdict.KEY)
        return verdict.Verdict(failing, failing.clear(), (), (), (), {})

    monkeypatch.setattr(gate, "judge", judge)
