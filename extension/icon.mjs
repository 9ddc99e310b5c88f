// Draws icon.png: the brackets of a table in TOML, and in them a tick.
import { writeFile } from "node:fs/promises";
import { crc32, deflateSync } from "node:zlib";

const size = 256;

/** @typedef {readonly [x: number, y: number]} Point in pixels from the top left */
/** @typedef {readonly [red: number, green: number, blue: number]} Colour each from 0 to 255 */

/** @type {Colour} */ const top = [63, 76, 156];
/** @type {Colour} */ const bottom = [34, 38, 92];
/** @type {Colour} */ const paper = [244, 245, 252];
/** @type {Colour} */ const mint = [110, 231, 183];

/** @type {readonly { points: readonly Point[], width: number, colour: Colour }[]} */
const strokes = [
  {
    points: [
      [84, 64],
      [56, 64],
      [56, 192],
      [84, 192],
    ],
    width: 18,
    colour: paper,
  },
  {
    points: [
      [172, 64],
      [200, 64],
      [200, 192],
      [172, 192],
    ],
    width: 18,
    colour: paper,
  },
  {
    points: [
      [95, 132],
      [119, 156],
      [163, 104],
    ],
    width: 22,
    colour: mint,
  },
];

/** How much of the pixel at `distance` from an edge lies within it, from 0 to 1. */
const coverage = (/** @type {number} */ distance) =>
  Math.min(1, Math.max(0, 0.5 - distance));

/** The distance from the edge of the rounded square that is the ground; negative within. */
function groundDistance(/** @type {Point} */ [x, y]) {
  const radius = 56;
  const inner = size / 2 - radius;
  const dx = Math.max(Math.abs(x - size / 2) - inner, 0);
  const dy = Math.max(Math.abs(y - size / 2) - inner, 0);
  return Math.hypot(dx, dy) - radius;
}

/**
 * The distance from the line between `a` and `b`.
 * @param {Point} p
 * @param {Point} a
 * @param {Point} b
 */
function lineDistance([x, y], [ax, ay], [bx, by]) {
  const [dx, dy] = [bx - ax, by - ay];
  const along = ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy);
  const nearest = Math.min(1, Math.max(0, along));
  return Math.hypot(x - ax - nearest * dx, y - ay - nearest * dy);
}

/**
 * @param {Colour} under
 * @param {Colour} over
 * @param {number} amount of `over`, from 0 to 1
 * @returns {Colour}
 */
function mix(under, over, amount) {
  const channel = (/** @type {0 | 1 | 2} */ i) =>
    under[i] + (over[i] - under[i]) * amount;
  return [channel(0), channel(1), channel(2)];
}

/** Red, green, blue and opacity of a pixel. */
function pixel(/** @type {Point} */ point) {
  let colour = mix(top, bottom, point[1] / size);
  for (const stroke of strokes) {
    const distances = stroke.points
      .slice(1)
      .map((end, i) => lineDistance(point, stroke.points[i] ?? end, end));
    const distance = Math.min(...distances) - stroke.width / 2;
    colour = mix(colour, stroke.colour, coverage(distance));
  }
  return [...colour, 255 * coverage(groundDistance(point))].map(Math.round);
}

/** A part of a PNG file: its length, its name, its data and their checksum. */
function chunk(/** @type {string} */ name, /** @type {Buffer} */ data) {
  const named = Buffer.concat([Buffer.from(name), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([frame.subarray(0, 4), named, frame.subarray(4)]);
}

const header = Buffer.alloc(13);
header.writeUInt32BE(size, 0);
header.writeUInt32BE(size, 4);
header.set([8, 6], 8); // bits per channel; red, green, blue and opacity

const rows = Array.from({ length: size }, (_, y) => [
  0, // unfiltered
  ...Array.from({ length: size }, (_, x) => pixel([x + 0.5, y + 0.5])).flat(),
]);

await writeFile(
  new URL("icon.png", import.meta.url),
  Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(Buffer.from(rows.flat()), { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]),
);
