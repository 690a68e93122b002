"""The charts of the site: counts in, SVG out, which asks nothing of any network and needs no script."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup

COLOURS = {"published": "#3c8f5c", "partly_held": "#dba943", "held": "#c2453a", "rejected": "#8b949c"}
WIDTH, LINE, FRAME = 640, 24, 110
LABEL = 9  # pixels that a character of a label takes; names of rules are Latin


def stacked(names: Mapping[str, str], rows: Mapping[str, Mapping[str, int]]) -> Markup | None:
    """Bars of parts laid end to end: `rows` are counts by label and part, `names` the parts and what to call them.

    None when there is nothing to show.
    """
    totals: dict[str, list[int]] = {}
    for label, counts in rows.items():
        heights = [counts.get(part, 0) for part in names]
        totals[label] = [sum(heights[: place + 1]) for place in range(len(heights))]
    if not any(total[-1] for total in totals.values()):
        return None
    # The whole first, then what is left of it without its last part, over it: the library lays nothing end to end.
    layers = [
        (name, COLOURS[part], [(totals[label][place], label) for label in totals])
        for place, (part, name) in reversed(list(enumerate(names.items())))
    ]
    return _bars(layers, len(rows))


def bars(rows: Mapping[str, int]) -> Markup | None:
    """A bar per label; None when there is none."""
    return (
        _bars([("", COLOURS["held"], [(count, label) for label, count in rows.items()])], len(rows)) if rows else None
    )


def _bars(layers: Sequence[tuple[str, str, list[tuple[int, str]]]], lines: int) -> Markup:
    # Imported late: only a run that writes pages needs it.
    import leather

    leather.theme.legend_font_char_width = leather.theme.tick_font_char_width = LABEL
    chart = leather.Chart()
    for name, colour, values in layers:
        chart.add_bars(values, name=name or None, fill_color=colour)
    ticks = _ticks(max(count for _, _, values in layers for count, _ in values))
    chart.add_x_scale(0, ticks[-1])
    chart.add_x_axis(ticks=ticks)
    height = FRAME + LINE * lines
    svg = chart.to_svg(width=WIDTH, height=height)
    size = f'width="{WIDTH}" height="{height}"'
    return Markup(svg.replace(size, f'viewBox="0 0 {WIDTH} {height}" role="img"', 1).replace(_NAMESPACE, "", 1))


def _ticks(longest: int) -> list[int]:
    """Whole numbers from zero to past the longest bar: the library would mark halves, and there are no half reports."""
    steps = (unit * 10**power for power in range(len(str(longest))) for unit in (1, 2, 5))
    step = next(step for step in steps if step * 5 >= longest)
    return list(range(0, longest + step, step))


_NAMESPACE = ' xmlns="http://www.w3.org/2000/svg"'
