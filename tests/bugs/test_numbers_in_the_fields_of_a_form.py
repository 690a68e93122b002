"""Numbers that a page shows in input fields were not seen: every cell of its tables was blank, and nothing said so."""

from transforms.read.html import read_html


def test_fields_that_show_a_value_are_read():
    fields = ('<input value="12">', '<input type="TEXT" value="3,001">', '<input type="hidden" value="7">', "<input>")
    rows = "".join(f"<tr><td>a</td><td>{field}</td></tr>" for field in fields)
    (table,) = read_html(f"<table>{rows}</table>").blocks
    assert [row[1].text for row in table.rows] == ["12", "3,001", "", ""]


def test_kinds_of_fields_that_show_what_is_typed_are_read_and_boxes_to_tick_are_not():
    kinds = {"tel": "12", "search": "12", "other": "12", "checkbox": "", "BUTTON": "", "password": ""}
    fields = "".join(f'<tr><td>a</td><td><input type="{kind}" value="12"></td></tr>' for kind in kinds)
    (table,) = read_html(f"<table>{fields}</table>").blocks
    assert [row[1].text for row in table.rows] == list(kinds.values())


def test_the_figure_chosen_in_a_list_is_read():
    lists = ("<option>0<option selected>12", "<option>3</option><option>4", "<option>one<option>two", "")
    rows = "".join(f"<tr><td>a</td><td><select>{options}</select></td></tr>" for options in lists)
    (table,) = read_html(f"<p><select><option>7</select></p><table>{rows}</table>").blocks
    assert [row[1].text for row in table.rows] == ["12", "3", "", ""]


def test_a_search_box_says_nothing():
    (block,) = read_html('<div><input type="text" value="12">one</div>').blocks
    assert block.text == "one"
