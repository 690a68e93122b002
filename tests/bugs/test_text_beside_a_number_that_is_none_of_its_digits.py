"""What a style raises, hides or prints in white, and links to footnotes, were read as digits of the number before."""

import pytest

from transforms.model import Table
from transforms.read.html import read_html

PAGE = """<html><head><style>{sheet}</style></head><body><p>40<span {own}>1</span>x</p><table>
<tr><td>a</td><td>4</td></tr><tr><td>b</td><td class="v">40<span class="x" {own}>1</span></td></tr></table></body>"""
RAISING = ["vertical-align:super", "VERTICAL-ALIGN: sub", "position:relative;top:-4.0pt;mso-text-raise:4.0pt"]
RAISING += ["vertical-align:30%", "vertical-align:0.5em", "vertical-align: 4px"]
UNSEEN = ["font-size:0", "FONT-SIZE: 0pt", "opacity:0.0", "position:absolute;left:-9999px", "font-size:0.00px"]
UNSEEN += ["clip:rect(0 0 0 0)", "clip: rect(1px, 1px, 1px, 1px)"]
WHITE = ["color:#fff", "COLOR: #FFFFFF", "color:white", "color: rgb(255, 255, 255)"]
ORDINARY = ["vertical-align:middle", "vertical-align:0pt", "mso-text-raise:1.0pt", "color:#ffff00", "color:#333"]
ORDINARY += ["background-color:#fff", "font-size:0.9em", "opacity:0.5", "left:-4px", "color:#fff;background:#036"]


def texts(sheet="", own=""):
    paragraph, table = read_html(PAGE.format(sheet=sheet, own=own)).blocks
    return paragraph.text, table.rows[1][1].text


def both(style):
    """The texts of the cell by a style of its own and by the page's sheet."""
    return {texts(own=f'style="{style}"')[1], texts(sheet=f"td .x{{{style}}}")[1]}


@pytest.mark.parametrize("style", RAISING + WHITE)
def test_it_is_set_off(style):
    assert both(style) == {"40^1"}
    assert texts(own=f'style="{style}"')[0] == "40^1x"


@pytest.mark.parametrize("style", UNSEEN)
def test_what_nobody_sees_is_left_out(style):
    assert both(style) == {"40"}


@pytest.mark.parametrize("style", ORDINARY)
def test_other_styles_change_nothing(style):
    assert both(style) == {"401"}


@pytest.mark.parametrize(
    "own", ["href='#_ftn1'", 'name="x" href="/art/1.html#_edn1"', "href=#fn1", "href='#cite_note-1'"]
)
def test_links_to_footnotes_are_set_off(own):
    page = PAGE.replace("span", "a").format(sheet="", own=own)
    assert read_html(page).blocks[1].rows[1][1].text == "40^1"


def test_a_white_number_is_set_off_wherever_it_stands_unless_its_ground_has_a_colour():
    row = "<tr{}><td style='color:#fff'>a</td><td style='color:#fff'>12</td><td><font color=#FFFFFF>3</font></td></tr>"
    page = f"<table>{row.format('')}{row.format(' bgcolor=#003366')}{row.format(' style=background:blue')}</table>"
    (table,) = read_html(page).blocks
    assert isinstance(table, Table)
    assert [[cell.text for cell in line] for line in table.rows] == [["a", "^12", "^3"], *[["a", "12", "3"]] * 2]


def test_a_size_of_nought_around_a_part_with_its_own_hides_nothing():
    page = '<table><tr><td>a</td><td style="font-size:0"><span style="font-size:14px">12</span></td></tr></table>'
    assert read_html(page).blocks[0].rows[0][1].text == "12"


def test_a_later_rule_takes_a_white_colour_back_and_no_other_kind():
    assert texts(".x{color:#fff} td .x{color:#000}")[1] == "401"
    assert texts(".x{color:#fff} td .x{font-size:12px}")[1] == "40^1"
