"""What a page prints in small over a number, as one does to say how a word is read, was read as its next digits."""

from transforms.read.html import read_html


def test_text_over_a_number_is_no_part_of_it():
    noted = "<ruby>12<rp>(</rp><rt>3</rt><rp>)</rp></ruby>"
    table = f"<table><tr><td>a</td><td>{noted}</td></tr><tr><td>b</td><td>4</td></tr></table>"
    document = read_html(f"<html><body>{table}<p><ruby>5<rt>6</rt></ruby></p></body></html>")
    assert [[cell.text for cell in row] for row in document.blocks[0].rows] == [["a", "12"], ["b", "4"]]
    assert document.blocks[1].text == "5"
