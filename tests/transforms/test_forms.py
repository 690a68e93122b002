"""The declared forms: cells, metrics and identities fit together, and nothing is declared in vain."""

import pytest

from transforms.claims.lists import CATEGORY
from transforms.forms import forms, identities, instances, label_key, load, metrics, terms


def slots(form):
    return [slot for table in forms()[form].tables for slot in table.slots()]


@pytest.mark.parametrize(
    ("form", "cells"),
    [("form_2021", 200), ("form_2019", 198), ("sheet_2008", 54), ("sheet_2014", 62)],  # four rows of 62 are optional
)
def test_each_form_has_its_cells(form, cells):
    assert len(slots(form)) == cells
    assert len({(slot.metric, slot.applicant) for slot in slots(form)}) == cells


def test_the_sheet_of_2014_has_58_numbers_of_its_own():
    rows = forms()["sheet_2014"].tables[0].rows
    assert sum(not row.optional for row in rows) == 58


def test_every_cell_has_a_declared_metric():
    assert {slot.metric for form in forms() for slot in slots(form)} <= set(metrics())


def test_every_metric_is_used_by_a_form_or_a_claim():
    used = {slot.metric for form in forms() for slot in slots(form)}
    quantities = load("claims/quantities.yml")
    stocks = {quantity["stock"] for quantity in quantities.values() if quantity.get("stock")}
    assert set(metrics()) - used - set(quantities) - stocks == {CATEGORY}


def test_a_metric_names_the_forms_that_ask_for_it():
    for form in forms().values():
        for table in form.tables:
            optional = {row.key for row in table.rows if row.optional}
            place = {form.code, f"{form.code}/{table.section}"}
            for slot in table.slots():
                assert slot.row in optional or place & set(metrics()[slot.metric].forms), (form.code, slot.metric)


def test_every_operand_is_a_cell_of_its_form():
    for term in terms():
        if term.origin == "table":
            assert (term.metric, term.applicant) in {(slot.metric, slot.applicant) for slot in slots(term.form)}, term


def test_an_identity_of_two_forms_says_the_same_in_both():
    for form in forms().values():
        for identity in form.identities:
            other = identities()[identity.id]
            assert (identity.zh, identity.en, identity.severity) == (other.zh, other.en, other.severity)


def test_every_identity_has_instances_and_a_relation():
    relations = {identity.id: identity.relation for identity in identities().values()}
    assert relations["B10"] == relations["T2C.PUB"] == relations["A02"] == "<="
    assert relations["B1"] == relations["T3.ROW"] == "="
    form = forms()["form_2019"]
    (nonneg,) = (item for item in form.identities if item.id == "T2C.NONNEG")
    assert instances(form, nonneg) == ("licensing", "other_service", "penalty", "coercion", "administrative_fee")


def test_labels_are_hanzi_and_name_one_row_or_are_told_apart_by_their_heading():
    for form in forms().values():
        for table in form.tables:
            named = [(spelt, row) for row in table.rows for spelt in row.labels]
            assert all(label_key(spelt) == spelt for spelt, _ in named)
            for spelt, row in named:
                twins = [other for label, other in named if label == spelt]
                assert len(twins) == 1 or row.under, (form.code, spelt)


@pytest.mark.parametrize(
    ("printed", "key"),
    [
        ("（一）予以公开", "予以公开"),
        ("3.其他", "其他"),
        ("其中：主动公开规范性文件数", "主动公开规范性文件数"),
        ("其中：(1) 涉及国家秘密", "涉及国家秘密"),
        ("四、行政复议数量", "行政复议数量"),
    ],
)
def test_what_numbers_or_introduces_a_label_is_no_part_of_it(printed, key):
    assert label_key(printed.replace("（", "(").replace("）", ")").replace("：", ":")) == key


def test_a_form_that_others_take_from_is_not_changed_by_them():
    before = {code: form.model_dump() for code, form in forms().items()}
    forms.cache_clear()
    assert {code: form.model_dump() for code, form in forms().items()} == before
