"""What screenshots of the page looked like when a person last found them right: the mean colour of each square.

python tests/looks.py        takes them anew; look at the picture of each in looks/ before you keep the numbers
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TypedDict

from browser import Reader

Look = list[list[int]]  # red, green, blue of each square, row by row
KEPT = Path(__file__).with_name("looks.json")
SQUARE = 60  # pixels


class View(TypedDict, total=False):
    """What is opened, and how."""

    address: str
    width: int
    height: int
    dark: bool


VIEWS: dict[str, View] = {
    "first sight": {},
    "dark": {"dark": True},
    "evidence": {"address": "edge=PRK&edge=RUS"},
    "table": {"address": "view=table"},
    "telephone": {"width": 360, "height": 720},
}
MEANS = """
const [encoded, square, done] = arguments;
const image = new Image();
image.src = `data:image/png;base64,${encoded}`;
image.decode().then(() => {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.width, image.height];
  const ctx = canvas.getContext("2d", { willReadFrequently: true });
  ctx.drawImage(image, 0, 0);
  const means = [];
  for (let y = 0; y + square <= image.height; y += square)
    for (let x = 0; x + square <= image.width; x += square) {
      const { data } = ctx.getImageData(x, y, square, square);
      const sum = [0, 0, 0];
      for (let at = 0; at < data.length; at += 4) for (const part of [0, 1, 2]) sum[part] += data[at + part];
      means.push(sum.map((value) => Math.round(value / (square * square))));
    }
  done(means);
});
"""


def look(reader: Reader, html: str, view: View) -> Look:
    """The mean colours of a screenshot, once the picture stands still."""
    reader.open(html, **view)
    reader.driver.execute_async_script("requestAnimationFrame(() => requestAnimationFrame(arguments[0]))")
    return reader.driver.execute_async_script(MEANS, reader.driver.get_screenshot_as_base64(), SQUARE)


def apart(one: Look, other: Look) -> float:
    """How far two looks are from each other: the mean difference of a square's colour, 0 to 255."""
    pairs = [(a, b) for left, right in zip(one, other, strict=True) for a, b in zip(left, right, strict=True)]
    return sum(abs(a - b) for a, b in pairs) / len(pairs)


def kept() -> dict[str, Look]:
    """The looks that were found right, by view."""
    rows = json.loads(KEPT.read_text("utf-8"))
    return {name: [list(bytes.fromhex(square)) for square in squares.split()] for name, squares in rows.items()}


def main() -> None:
    """Keep the looks of now."""
    from networks import RELATIONS, three_actors

    from kgraph.page import render

    folder = Path("looks")
    folder.mkdir(exist_ok=True)
    reader = Reader(folder.resolve())
    html = render(three_actors(), relations=RELATIONS, title="Kim & Putin")
    looks = {}
    for name, view in VIEWS.items():
        looks[name] = " ".join(bytes(square).hex() for square in look(reader, html, view))
        reader.driver.save_screenshot(str(folder / f"{name}.png"))
    reader.driver.quit()
    KEPT.write_text(json.dumps(looks, indent=0) + "\n", encoding="utf-8")
    sys.stdout.write(f"{KEPT}, {folder}\n")


if __name__ == "__main__":
    main()
