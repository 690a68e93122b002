"""The page of agencies listed the statuses of an agency in the order of a set, so a second run wrote another page."""

from flows.site.agencies import Agency


def test_statuses_of_an_agency_come_in_order():
    given = [{"status": status} for status in ("rejected", "published", "held", "partly_held", "published")]
    assert Agency("", "", {2023: given}, None).statuses == ["held", "partly_held", "published", "rejected"]
