"""Plots as SVG, without a library: bars, and curves. Colours change with the reader's light or dark scheme."""
import math
from xml.sax.saxutils import escape

from results import number

WIDTH = 760
STYLE = """
  .paper { fill: #ffffff } text { font: 13px system-ui, sans-serif; fill: #1f2328 } .title { font-weight: 600; font-size: 15px }
  .small { font-size: 12px; fill: #59636e } .grid { stroke: #d1d9e0; stroke-width: 1 }
  .crier { fill: #0969da } .peer { fill: #8c959f } .limit { fill: #c69026 } .bad { fill: #cf222e } .good { fill: #1a7f37 }
  .line { fill: none; stroke-width: 2 } .c0 { stroke: #0969da } .c1 { stroke: #bc4c00 } .mark { stroke: #cf222e; stroke-width: 2 }
  .span { stroke: #1f2328; stroke-width: 1.5 } .c0f { fill: #0969da } .c1f { fill: #bc4c00 }
  @media (prefers-color-scheme: dark) {
    .paper { fill: #0d1117 } text { fill: #e6edf3 } .small { fill: #9198a1 } .grid { stroke: #3d444d }
    .crier { fill: #4493f8 } .peer { fill: #767e88 } .limit { fill: #d29922 } .bad { fill: #f85149 } .good { fill: #3fb950 }
    .c0 { stroke: #4493f8 } .c1 { stroke: #db6d28 } .c0f { fill: #4493f8 } .c1f { fill: #db6d28 } .mark { stroke: #f85149 }
    .span { stroke: #e6edf3 } }
"""


def document(title, height, body):
    return ('<svg xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}" viewBox="0 0 {w} {h}" role="img" '
            'aria-label="{t}">\n<title>{t}</title>\n<style>{s}</style>\n<rect class="paper" width="{w}" height="{h}"/>\n'
            '<text class="title" x="16" y="26">{t}</text>\n{b}\n</svg>\n').format(
                w=WIDTH, h=height, t=escape(title), s=STYLE, b="\n".join(body))


def text(x, y, words, kind="", anchor="start"):
    return '<text x="%.1f" y="%.1f" class="%s" text-anchor="%s">%s</text>' % (x, y, kind, anchor, escape(words))


def line(x1, y1, x2, y2, kind):
    return '<line x1="%.1f" y1="%.1f" x2="%.1f" y2="%.1f" class="%s"/>' % (x1, y1, x2, y2, kind)


class Scale:
    """Of numbers to pixels; by their logarithm, so that a tenth and ten times are as far."""

    def __init__(self, low, high, begin, end):
        self.low = math.floor(math.log10(low))
        self.high = max(math.ceil(math.log10(high)), self.low + 1)
        self.begin, self.end = begin, end

    def __call__(self, value):
        share = (math.log10(max(value, 10 ** self.low)) - self.low) / (self.high - self.low)
        return self.begin + share * (self.end - self.begin)

    def ticks(self):
        return [10.0 ** exponent for exponent in range(self.low, self.high + 1)]


def dots(title, unit, groups, base=None, left=250):
    """`groups`: (words, [(name, value, kind, spread or None, mark or None)]); a mark is a target. A dot for each value, with
    a line from `base` (else from the left): where an axis is logarithmic the length of a bar would say nothing."""
    right, row, y = WIDTH - 90, 24, 46
    values = [number_of for _, rows in groups for _, value, _, spread, mark in rows
              for number_of in (value, mark, *(spread or ())) if number_of]
    scale = Scale(min(values) / 1.5, max(values), left, right)
    body, top = [], y
    for words, rows in groups:
        y += 12
        body.append(text(16, y + 4, words, "small"))
        y += 14
        for name, value, kind, spread, mark in rows:
            body.append(text(left - 8, y + 13, name, "", "end"))
            end = scale(value)
            begin = left if base is None else scale(base)
            body.append('<rect class="%s" x="%.1f" y="%.1f" width="%.1f" height="3"/>'
                        % (kind, min(begin, end), y + 8, abs(end - begin)))
            body.append('<circle class="%s" cx="%.1f" cy="%.1f" r="6"/>' % (kind, end, y + 9.5))
            if spread:
                body.append(line(scale(spread[0]), y + 9.5, scale(spread[1]), y + 9.5, "span"))
                end = max(end, scale(spread[1]))
            if mark:
                body.append(line(scale(mark), y - 1, scale(mark), y + row - 4, "mark"))
                end = max(end, scale(mark))
            end = max(end, begin)
            body.append(text(end + 12, y + 14, number(value), "small"))
            y += row
    grid = []
    for tick in scale.ticks():
        grid.append(line(scale(tick), top, scale(tick), y + 4, "mark" if tick == base else "grid"))
        grid.append(text(scale(tick), y + 20, number(tick), "small", "middle"))
    grid.append(text((left + right) / 2, y + 40, unit + ", logarithmic", "small", "middle"))
    return document(title, y + 54, grid + body)


def curves(title, across, upwards, lines, mark=None):
    """`lines`: (name, [(x, share)]); shares from 0 to 1 go upwards. `mark`: (x, words) of a target."""
    left, right, top, bottom = 70, WIDTH - 30, 50, 330
    points = [x for _, curve in lines for x, _ in curve if x > 0] + ([mark[0]] if mark else [])
    scale = Scale(min(points), max(points), left, right)
    body = []
    for tick in scale.ticks():
        body.append(line(scale(tick), top, scale(tick), bottom, "grid"))
        body.append(text(scale(tick), bottom + 18, number(tick), "small", "middle"))
    for percent in (0, 25, 50, 75, 100):
        y = bottom - percent / 100 * (bottom - top)
        body.append(line(left, y, right, y, "grid"))
        body.append(text(left - 8, y + 4, "%d %%" % percent, "small", "end"))
    for at, (name, curve) in enumerate(lines):
        path = " ".join("%.1f,%.1f" % (scale(x), bottom - share * (bottom - top)) for x, share in curve)
        body.append('<polyline class="line c%d" points="%s"/>' % (at, path))
        body.append('<rect class="c%df" x="%d" y="%d" width="14" height="4"/>' % (at, right - 220, 14 + 18 * at))
        body.append(text(right - 198, 20 + 18 * at, name))
    if mark:
        body.append(line(scale(mark[0]), top, scale(mark[0]), bottom, "mark"))
        body.append(text(scale(mark[0]) - 6, top + 120, mark[1], "small", "end"))
    body.append(text((left + right) / 2, bottom + 38, across + ", logarithmic", "small", "middle"))
    body.append('<text class="small" text-anchor="middle" transform="translate(18 %d) rotate(-90)">%s</text>'
                % ((top + bottom) / 2, escape(upwards)))
    return document(title, bottom + 52, body)
