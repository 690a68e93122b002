"""The tree of a word-processor document in, the same without what a reader of the printed page cannot see.

Out go deleted, crossed out and hidden text, field codes, and the second copy of a text box; text boxes move behind the
paragraph or table that they are tied to.
"""

from itertools import islice

from lxml import etree

Element = etree._Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
PARAGRAPH, TABLE, ROW, CELL, RUN, TEXT = (W + name for name in ("p", "tbl", "tr", "tc", "r", "t"))
VAL = W + "val"
NEVER_SHOWN = (W + "del", W + "moveFrom", W + "rt", FALLBACK)
STRUCK = (W + "strike", W + "dstrike")
TOGGLES = (W + "vanish", *STRUCK)
OFF = ("0", "false", "off")
JOINED = "joined"  # our own mark on a paragraph whose end was deleted or is hidden
RAISED = "^"
BOX = W + "txbxContent"


def drop_unseen(root: Element, hidden_styles: frozenset[str]) -> None:
    """Take out all that is not shown; `hidden_styles` are the ids of the styles that hide their text."""
    drop_unseen_rows(root)
    drop_hidden(root, hidden_styles)
    join_paragraphs(root)
    etree.strip_elements(root, *NEVER_SHOWN, with_tail=False)
    drop_field_codes(root)
    mark_raised(root)
    move_boxes(root)


def is_on(toggle: Element | None) -> bool:
    """Whether a property is there and not switched off."""
    return toggle is not None and toggle.get(VAL, "1") not in OFF


def remove(element: Element | None) -> None:
    """Take an element out of its tree, if it is still there."""
    parent = None if element is None else element.getparent()
    if element is not None and parent is not None:
        parent.remove(element)


def drop_unseen_rows(root: Element) -> None:
    """Take out the rows of tables that were deleted with changes tracked, or are hidden."""
    for properties in list(root.iter(W + "trPr")):
        if properties.find(W + "del") is not None or is_on(properties.find(W + "hidden")):
            remove(properties.getparent())


def drop_hidden(root: Element, styles: frozenset[str]) -> None:
    """Take out hidden and crossed out runs, by their own property or by a style of theirs or their paragraph's."""
    named = [item for item in root.iter(W + "rStyle", W + "pStyle") if item.get(VAL) in styles] if styles else []
    for toggle in (*root.iter(*TOGGLES), *named):
        properties = toggle.getparent()
        owner = None if properties is None else properties.getparent()
        if owner is None or (toggle.tag in TOGGLES and not is_on(toggle)):
            continue
        if owner.tag == RUN:
            remove(owner)
        elif toggle.tag == W + "pStyle":
            hide_paragraph(owner)


def hide_paragraph(paragraph: Element) -> None:
    """Take out all of a paragraph but the runs that say of themselves that they are not hidden."""
    for run in list(paragraph.iter(RUN)):
        if run.find(f"{W}rPr/{W}vanish") is None:
            remove(run)


def join_paragraphs(root: Element) -> None:
    """Mark the paragraphs whose end is deleted or hidden: the next one goes on in the same line."""
    for mark in root.iter(W + "del", W + "vanish"):
        properties = [element.tag for element in islice(mark.iterancestors(), 2)]
        paragraph = next(mark.iterancestors(PARAGRAPH), None)
        if properties == [W + "rPr", W + "pPr"] and paragraph is not None and is_on(mark):
            paragraph.set(JOINED, "1")


def drop_field_codes(root: Element) -> None:
    """Blank the text of nested field codes; what a field shows stays. Codes end with their paragraph at the latest."""
    codes: list[bool] = []
    if next(root.iter(W + "fldChar"), None) is None:
        return
    for element in root.iter(PARAGRAPH, W + "fldChar", TEXT):
        if element.tag == PARAGRAPH:
            codes = [code for code in codes if not code]
        elif element.tag == TEXT:
            element.text = "" if any(codes) else element.text
        elif element.get(W + "fldCharType") == "begin":
            codes.append(True)
        elif codes and element.get(W + "fldCharType") == "separate":
            codes[-1] = False
        elif codes:
            codes.pop()


def mark_raised(root: Element) -> None:
    """Put a ^ before raised or lowered text: a footnote's 1 behind a 5 must not make 51."""
    for align in root.iter(W + "vertAlign"):
        run = align.getparent().getparent()  # type: ignore[union-attr]
        if run is not None and run.tag == RUN and align.get(VAL) != "baseline":
            first = run.find(TEXT)
            if first is not None:
                first.text = RAISED + (first.text or "")


def move_boxes(root: Element) -> None:
    """Put the text of text boxes behind the paragraph, or the whole table, that they are tied to."""
    for box in reversed(list(root.iter(BOX))):
        anchors = list(box.iterancestors(PARAGRAPH, TABLE))
        if anchors:
            holder = etree.Element(W + "sdt")
            holder.extend(list(box))
            anchors[-1].addnext(holder)
            remove(box)
