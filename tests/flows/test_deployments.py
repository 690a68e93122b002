import ast
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml

ROOT = Path(__file__).parents[2]
DEPLOYMENTS = yaml.safe_load((ROOT / "prefect.yaml").read_text(encoding="utf-8"))["deployments"]


def test_there_is_a_nightly_run_and_a_weekly_full_one():
    full = {each["name"]: each["parameters"]["full"] for each in DEPLOYMENTS}
    assert full == {"nightly": False, "weekly-full": True}


@pytest.mark.parametrize("deployment", DEPLOYMENTS, ids=lambda each: each["name"])
def test_the_entrypoint_is_a_flow_that_takes_the_parameters(deployment):
    path, name = deployment["entrypoint"].split(":")
    module = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    function = next(each for each in module.body if isinstance(each, ast.FunctionDef) and each.name == name)
    assert any(ast.unparse(each).startswith("flow") for each in function.decorator_list)
    assert set(deployment["parameters"]) == {each.arg for each in function.args.args}


@pytest.mark.parametrize("deployment", DEPLOYMENTS, ids=lambda each: each["name"])
def test_schedules_name_their_time_zone(deployment):
    # Without one, Prefect takes UTC: the night in China is then the working day.
    for schedule in deployment["schedules"]:
        assert ZoneInfo(schedule["timezone"]).key == "Asia/Shanghai"
        assert len(schedule["cron"].split()) == 5
        assert schedule["active"]
