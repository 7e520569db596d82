"""
The map in Python, for Pyodide and MicroPython: line by line the algorithm of fixtures/apps/vite-topo/src/topo.spy and
noise.spy.
"""
from array import array
from math import floor

OCTAVES = 4
LEVELS = 10
FEATURE = 105.0
RELIEF = 0.475
DRIFT_X = 2.0
DRIFT_Y = 0.75
CHANGE = 0.03
SUNLIGHT = 4.0

THIRD = 1.0 / 3.0
SIXTH = 1.0 / 6.0


def shuffle():
    table = list(range(256))
    seed = 20
    for last in range(255, 0, -1):
        seed = (seed * 1664525 + 1013904223) & 0xFFFFFFFF
        other = ((seed >> 8) & 0xFFFF) % (last + 1)
        table[last], table[other] = table[other], table[last]
    return table + table


def slopes_to_edges():
    table = []
    for i in range(16):
        edge = i - 12 if i >= 12 else i
        a = 1.0 - 2.0 * (edge & 1)
        b = 1.0 - (edge & 2)
        if edge < 4:
            table.append((a, b, 0.0))
        elif edge < 8:
            table.append((a, 0.0, b))
        else:
            table.append((0.0, a, b))
    return table


shuffled = shuffle()
slopes = slopes_to_edges()


def corner(number, x, y, z):
    near = 0.6 - x * x - y * y - z * z
    if near < 0.0:
        return 0.0
    near = near * near
    sx, sy, sz = slopes[number & 15]
    return near * near * (sx * x + sy * y + sz * z)


def simplex(x, y, z):
    stretch = (x + y + z) * THIRD
    i = floor(x + stretch)
    j = floor(y + stretch)
    k = floor(z + stretch)
    squeeze = (i + j + k) * SIXTH
    x0 = x - i + squeeze
    y0 = y - j + squeeze
    z0 = z - k + squeeze

    xy = int(x0 >= y0)
    xz = int(x0 >= z0)
    yz = int(y0 >= z0)
    i1 = xy & xz
    j1 = (1 - xy) & yz
    k1 = 1 - (xz | yz)
    i2 = xy | xz
    j2 = (1 - xy) | yz
    k2 = 1 - (xz & yz)

    a = i & 255
    b = j & 255
    c = k & 255
    n0 = shuffled[a + shuffled[b + shuffled[c]]]
    n1 = shuffled[a + i1 + shuffled[b + j1 + shuffled[c + k1]]]
    n2 = shuffled[a + i2 + shuffled[b + j2 + shuffled[c + k2]]]
    n3 = shuffled[a + 1 + shuffled[b + 1 + shuffled[c + 1]]]
    return 32.0 * (
        corner(n0, x0, y0, z0)
        + corner(n1, x0 - i1 + SIXTH, y0 - j1 + SIXTH, z0 - k1 + SIXTH)
        + corner(n2, x0 - i2 + THIRD, y0 - j2 + THIRD, z0 - k2 + THIRD)
        + corner(n3, x0 - 0.5, y0 - 0.5, z0 - 0.5)
    )


def fractal(x, y, z):
    total = 0.0
    height = 1.0
    for _ in range(OCTAVES):
        total += height * simplex(x, y, z)
        turned = 1.6 * x - 1.2 * y + 17.3
        y = 1.2 * x + 1.6 * y - 9.1
        x = turned
        z = 1.35 * z + 31.7
        height = 0.4 * height
    return total


columns = 0
rows = 0
heights = []
levels_below = []
counts = [0] * LEVELS
lines = []
pixels = []
colours = [0] * 256


def fit(width, height):
    global columns, rows, heights, levels_below, pixels
    columns = width
    rows = height
    heights = [0.0] * (width * height)
    levels_below = [0] * (width * height)
    pixels = [0] * (width * height)


def update(time):
    survey(time)
    trace()
    shade()


def survey(time):
    left = time * DRIFT_X
    top = time * DRIFT_Y
    age = time * CHANGE
    for y in range(rows):
        for x in range(columns):
            land = fractal((left + x) / FEATURE, (top + y) / FEATURE, age)
            height = 0.5 + RELIEF * land
            heights[y * columns + x] = height
            levels_below[y * columns + x] = level_above(height)


def level_above(height):
    level = floor(height * LEVELS + 0.5)
    if level < 0:
        return 0
    if level > LEVELS:
        return LEVELS
    return level


def trace():
    global lines
    lines = [array("f") for _ in range(LEVELS)]
    for y in range(rows - 1):
        for x in range(columns - 1):
            trace_cell(x, y)
    for level in range(LEVELS):
        counts[level] = len(lines[level]) // 4


def trace_cell(x, y):
    at = y * columns + x
    a = levels_below[at]
    b = levels_below[at + 1]
    c = levels_below[at + columns + 1]
    d = levels_below[at + columns]
    if a == b and b == c and c == d:
        return
    for level in range(min(a, b, c, d), max(a, b, c, d)):
        corners = 0
        if a > level:
            corners += 8
        if b > level:
            corners += 4
        if c > level:
            corners += 2
        if d > level:
            corners += 1
        cross_cell(level, corners, x, y)


def cross_cell(level, corners, x, y):
    sides = corners ^ (corners << 1 & 15 | corners >> 3)
    at = y * columns + x
    a = heights[at]
    b = heights[at + 1]
    c = heights[at + columns + 1]
    d = heights[at + columns]
    cut = (level + 0.5) / LEVELS
    north = east = south = west = 0.0
    if sides & 8:
        north = x + part(a, b, cut)
    if sides & 4:
        east = y + part(b, c, cut)
    if sides & 2:
        south = x + part(d, c, cut)
    if sides & 1:
        west = y + part(a, d, cut)
    if sides == 15:
        if (a + b + c + d > 4.0 * cut) == (corners == 5):
            add_line(level, north, y, x, west)
            add_line(level, x + 1, east, south, y + 1)
        else:
            add_line(level, north, y, x + 1, east)
            add_line(level, south, y + 1, x, west)
    elif sides == 12:
        add_line(level, north, y, x + 1, east)
    elif sides == 10:
        add_line(level, north, y, south, y + 1)
    elif sides == 9:
        add_line(level, north, y, x, west)
    elif sides == 6:
        add_line(level, x + 1, east, south, y + 1)
    elif sides == 5:
        add_line(level, x + 1, east, x, west)
    else:
        add_line(level, south, y + 1, x, west)


def part(a, b, cut):
    return (cut - a) / (b - a)


def add_line(level, x0, y0, x1, y1):
    line = lines[level]
    line.append(x0)
    line.append(y0)
    line.append(x1)
    line.append(y1)


def shade():
    brightest = len(colours) - 1
    for y in range(rows):
        north = max(y - 1, 0)
        south = min(y + 1, rows - 1)
        for x in range(columns):
            west = max(x - 1, 0)
            east = min(x + 1, columns - 1)
            slope = (
                heights[y * columns + east]
                - heights[y * columns + west]
                + heights[south * columns + x]
                - heights[north * columns + x]
            )
            light = 0.2 + 0.6 * heights[y * columns + x] + SUNLIGHT * slope
            pixels[y * columns + x] = colours[min(max(int(light * brightest), 0), brightest)]


def fingerprint():
    """
    The number that `fingerprint` of topo-map.ts gives for the same frame.
    """
    value = 0x811C9DC5
    for part_of_frame in [array("I", counts)] + lines + [array("I", pixels)]:
        data = bytes(part_of_frame)
        for at in range(0, len(data), 4):
            word = data[at] | data[at + 1] << 8 | data[at + 2] << 16 | data[at + 3] << 24
            value = ((value ^ word) * 0x01000193) & 0xFFFFFFFF
    return value
