"""Makes a picture of a page small: 256 colours are enough for text on paper.

Source: Portable Network Graphics (PNG) Specification, W3C, sections 5 and 11: chunks, IHDR, PLTE, IDAT.
"""

import struct
import zlib
from base64 import b64decode, b64encode

from playwright.sync_api import Page

# The commonest 256 colours stay as they are, each of the others becomes the nearest of those.
REDUCE = """async (png) => {
  const picture = await createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob());
  const { width, height } = picture;
  const brush = new OffscreenCanvas(width, height).getContext("2d");
  brush.drawImage(picture, 0, 0);
  const pixels = new Uint32Array(brush.getImageData(0, 0, width, height).data.buffer);
  const counts = new Map();
  for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
  const colours = [...counts.keys()].sort((one, other) => counts.get(other) - counts.get(one));
  const palette = colours.slice(0, 256);
  const parts = (pixel) => [pixel & 255, (pixel >> 8) & 255, (pixel >> 16) & 255];
  const distance = (one, other) => {
    const [a, b] = [parts(one), parts(other)];
    return a.reduce((sum, part, place) => sum + (part - b[place]) ** 2, 0);
  };
  const nearest = (colour) => palette.reduce(
    (best, each, at) => (distance(each, colour) < distance(palette[best], colour) ? at : best), 0);
  const places = new Map(colours.map((colour, at) => [colour, at < 256 ? at : nearest(colour)]));
  const indices = new Uint8Array(pixels.length).map((_, at) => places.get(pixels[at]));
  return { width, height, palette: palette.flatMap(parts), indices: indices.toBase64() };
}"""


def reduced(png: bytes, workbench: Page) -> bytes:
    """The same picture in at most 256 colours. The work is done in an empty page of a browser."""
    found = workbench.evaluate(REDUCE, b64encode(png).decode())
    width, height, indices = found["width"], found["height"], b64decode(found["indices"])
    rows = b"".join(b"\0" + indices[start : start + width] for start in range(0, len(indices), width))
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    chunks = {
        b"IHDR": header,
        b"PLTE": bytes(found["palette"]),
        b"IDAT": zlib.compress(rows, 9),
        b"IEND": b"",
    }
    return b"\x89PNG\r\n\x1a\n" + b"".join(map(_chunk, chunks, chunks.values()))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
