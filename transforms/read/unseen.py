"""The tree of a word-processor document in, the same without what a reader of the printed page cannot see.

Out go deleted, crossed out and hidden text, field codes, and the second copy of a text box; text boxes move behind the
paragraph or table that they are tied to. Raised digits and white ones stay, with marks that make them no numbers.
"""

from collections.abc import Iterator, Sequence
from itertools import islice

from lxml import etree

from transforms.read.looks import RAISED, doubted
from transforms.read.wordstyles import LEVEL, VAL, WHITE, Element, Styles, W, is_on

FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
PARAGRAPH, TABLE, ROW, CELL, RUN, TEXT = (W + name for name in ("p", "tbl", "tr", "tc", "r", "t"))
NEVER_SHOWN = (W + "del", W + "moveFrom", W + "rt", FALLBACK)
STRUCK = (W + "strike", W + "dstrike")
TOGGLES = (W + "vanish", *STRUCK)
JOINED = "joined"  # our own mark on a paragraph whose end was deleted or is hidden
BOX = W + "txbxContent"
SHADE, HIGHLIGHT = W + "shd", W + "highlight"
PICTURES = (W + "drawing", W + "pict", W + "object")
CODE, FIELD, LISTED = W + "instrText", W + "fldSimple", W + "numPr"


def drop_unseen(root: Element, styles: Styles) -> frozenset[Element]:
    """Take out all that is not shown; returns the cells that show something besides their text."""
    drop_unseen_rows(root)
    drop_hidden(root, styles)
    join_paragraphs(root)
    etree.strip_elements(root, *NEVER_SHOWN, with_tail=False)
    drop_field_codes(root)
    mark_raised(root, styles.raised)
    mark_moved(root)
    mark_white(root, styles.white)
    cells = showing_more(root)
    move_boxes(root)
    return cells


def crossed_out(root: Element, styles: Styles) -> int:
    """How many pieces of text a document crosses out."""
    return sum(map(is_on, root.iter(*STRUCK))) + len(given(root, styles.struck))


def given(root: Element, styles: frozenset[str]) -> list[Element]:
    """Where runs and paragraphs are given one of these styles."""
    return [item for item in root.iter(W + "rStyle", W + "pStyle") if item.get(VAL) in styles] if styles else []


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


def drop_hidden(root: Element, styles: Styles) -> None:
    """Take out hidden and crossed out runs, by their own property or by a style of theirs or their paragraph's."""
    for toggle in list(root.iter(*TOGGLES)):
        properties = toggle.getparent()
        owner = None if properties is None else properties.getparent()
        if owner is not None and owner.tag == RUN and is_on(toggle):
            remove(owner)
    for ids, own in ((styles.hidden, TOGGLES[:1]), (styles.struck, STRUCK)):
        for run in styled_runs(root, ids, own):
            remove(run)


def styled_runs(root: Element, ids: frozenset[str], own: Sequence[str]) -> Iterator[Element]:
    """The runs that one of these styles speaks for, theirs or their paragraph's; not those that do so themselves."""
    for item in given(root, ids):
        properties = item.getparent()
        owner = None if properties is None else properties.getparent()
        runs = [] if owner is None else [owner] if owner.tag == RUN else list(owner.iter(RUN))
        for run in runs:
            said = run.find(W + "rPr")
            if said is None or all(said.find(name) is None for name in own):
                yield run


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


def mark_raised(root: Element, styles: frozenset[str]) -> None:
    """Put a ^ before raised or lowered text: a footnote's 1 behind a 5 must not make 51."""
    for align in root.iter(W + "vertAlign"):
        run = align.getparent().getparent()  # type: ignore[union-attr]
        if run is not None and run.tag == RUN and align.get(VAL) != "baseline":
            mark(run)
    for run in styled_runs(root, styles, (W + "vertAlign", W + "position")):
        if any(map(str.isdigit, written(run))):
            mark(run)


def mark(run: Element) -> None:
    """Put a ^ before the text of a run."""
    first = run.find(TEXT)
    if first is not None and not (first.text or "").startswith(RAISED):
        first.text = RAISED + (first.text or "")


def mark_moved(root: Element) -> None:
    """Put a ^ before digits that stand higher or lower than the other text of their paragraph."""
    for position in root.iter(W + "position"):
        run = position.getparent().getparent()  # type: ignore[union-attr]
        paragraph = None if run is None else run.getparent()
        if run is None or paragraph is None or run.tag != RUN or not any(map(str.isdigit, written(run))):
            continue
        if any(height(other) != height(run) for other in paragraph.iterchildren(RUN) if written(other)):
            mark(run)


def height(run: Element) -> str:
    """How much a run is raised by its own property, in half points; blank for none."""
    position = run.find(f"{W}rPr/{W}position")
    value = "" if position is None else position.get(VAL, "")
    return "" if value in LEVEL else value


def written(run: Element) -> str:
    """The text of a run."""
    return "".join(item.text or "" for item in run.iterchildren(TEXT)).strip()


def mark_white(root: Element, styles: frozenset[str]) -> None:
    """Put U+FFFD behind white digits on white paper, which no reader sees: 12 before 15 is not 1215."""
    owners = [item.getparent() for item in root.iter(W + "color") if item.get(VAL) in WHITE]
    runs = [owner.getparent() for owner in owners if owner is not None]
    for run in (*runs, *styled_runs(root, styles, (W + "color",))):
        if run is not None and run.tag == RUN and not is_shaded(run):
            for item in run.iterchildren(TEXT):
                item.text = doubted(item.text or "")


def is_shaded(run: Element) -> bool:
    """Whether white text is seen: it is marked, stands on a ground of its own, or in a box, which may have one."""
    if run.find(f"{W}rPr/{HIGHLIGHT}") is not None:
        return True
    for owner in (run, *run.iterancestors(PARAGRAPH, CELL, TABLE, BOX)):
        shade = next((item for item in owner.iterfind(f"*/{SHADE}")), None)
        if owner.tag == BOX or (shade is not None and shade.get(W + "fill", "auto") not in ("auto", *WHITE)):
            return True
    return False


def showing_more(root: Element) -> frozenset[Element]:
    """The cells that show something besides their text: a picture, a box, a formula of fields, a number of a list."""
    found = []
    for item in root.iter(*PICTURES, CODE, FIELD, LISTED):
        code = item.text if item.tag == CODE else item.get(W + "instr")
        if item.tag in (CODE, FIELD) and not (code or "").strip().lower().startswith("eq"):
            continue
        if item.tag == LISTED and is_no_list(item):
            continue
        found.append(next(item.iterancestors(CELL), None))
    return frozenset(cell for cell in found if cell is not None)


def is_no_list(item: Element) -> bool:
    """Whether the property of a list takes its paragraph out of all lists, or records what it was."""
    number = item.find(W + "numId")
    return number is None or number.get(VAL) == "0"


def move_boxes(root: Element) -> None:
    """Put the text of text boxes behind the paragraph, or the whole table, that they are tied to."""
    for box in reversed(list(root.iter(BOX))):
        anchors = list(box.iterancestors(PARAGRAPH, TABLE))
        if anchors:
            holder = etree.Element(W + "sdt")
            holder.extend(list(box))
            anchors[-1].addnext(holder)
            remove(box)
