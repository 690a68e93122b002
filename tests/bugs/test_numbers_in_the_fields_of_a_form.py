"""Numbers that a page shows in input fields were not seen: every cell of its tables was blank, and nothing said so."""

from transforms.read.html import read_html


def test_fields_that_show_a_value_are_read():
    fields = ('<input value="12">', '<input type="TEXT" value="3,001">', '<input type="hidden" value="7">', "<input>")
    rows = "".join(f"<tr><td>a</td><td>{field}</td></tr>" for field in fields)
    (table,) = read_html(f"<table>{rows}</table>").blocks
    assert [row[1].text for row in table.rows] == ["12", "3,001", "", ""]


def test_a_search_box_says_nothing():
    (block,) = read_html('<div><input type="text" value="12">one</div>').blocks
    assert block.text == "one"
