"""What the code promises about itself: short functions, no wording in code, every code of a note declared and used."""

import ast
import re
import statistics
from pathlib import Path

import pytest
import yaml

from transforms import dictionary
from transforms.forms import forms, metrics, note_kinds

ROOT = Path(__file__).parents[1]
MODULES = sorted(path for name in ("transforms", "expectations", "flows") for path in (ROOT / name).rglob("*.py"))
CLASS = re.compile(r"\[[^\]]*\]")  # single characters of a pattern are no wording
HANZI = re.compile(r"[\u4e00-\u9fff]{2,}")


def nodes(path, *kinds):
    return [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, kinds)]


def lengths():
    functions = ((path, node) for path in MODULES for node in nodes(path, ast.FunctionDef))
    return {f"{path.relative_to(ROOT)}:{node.name}": node.end_lineno - node.lineno + 1 for path, node in functions}


def test_functions_are_short():
    sizes = lengths()
    assert statistics.median(sizes.values()) <= 12
    assert {name: size for name, size in sizes.items() if size > 50} == {}


def test_modules_are_short_and_say_what_they_are():
    for path in MODULES:
        text = path.read_text("utf-8")
        assert text.count("\n") <= 350, path
        assert ast.get_docstring(ast.parse(text)), path


def wording(path):
    """The Chinese strings of a module; a string that stands alone documents the name above it."""
    tree = ast.parse(path.read_text("utf-8"))
    alone = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    strings = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))
    return [node.value for node in strings if id(node) not in alone and HANZI.search(CLASS.sub("", node.value))]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_chinese_wording_in_code(path):
    assert wording(path) == []


def test_every_note_and_refusal_has_its_sentences_and_is_used():
    code = "\n".join(path.read_text("utf-8") for path in MODULES)
    raised = set(re.findall(r"\b(?:Note|Refusal)\(\s*\"([a-z_]+)\"", code))
    assert raised <= set(note_kinds())
    declared_in_data = "\n".join(path.read_text("utf-8") for path in (ROOT / "data" / "lookups").glob("*.yml"))
    used = {name for name in note_kinds() if f'"{name}"' in code or f"{name}" in code or name in declared_in_data}
    assert set(note_kinds()) - used == set()


def test_sentences_take_a_detail_and_nothing_else():
    for kind in note_kinds().values():
        assert kind.zh.format(detail="x")
        assert kind.en.format(detail="x")


def test_every_cell_of_every_form_is_a_declared_metric():
    slots = [slot for form in forms().values() for table in form.tables for slot in table.slots()]
    assert {slot.metric for slot in slots} <= set(metrics())


def test_the_dictionary_is_the_one_that_the_declarations_give():
    assert (ROOT / "docs" / "dictionary.md").read_text("utf-8") == dictionary.dictionary()


def test_links_in_the_readme_and_docs_lead_somewhere():
    for page in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), (page.name, target)


class _EachKeyOnce(yaml.CSafeLoader):
    """Refuses what YAML takes in silence: the last of two equal keys."""


def _mapping(loader, node):
    keys = [loader.construct_object(key, deep=True) for key, _ in node.value]
    twice = {str(key) for key in keys if keys.count(key) > 1}
    assert not twice, f"{node.start_mark}: {twice}"
    return loader.construct_mapping(node, deep=True)


_EachKeyOnce.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


@pytest.mark.parametrize("path", sorted((ROOT / "data").rglob("*.yml")), ids=lambda path: path.stem)
def test_no_key_stands_twice(path):
    if "home" not in path.parts:
        yaml.load(path.read_text(encoding="utf-8"), Loader=_EachKeyOnce)
