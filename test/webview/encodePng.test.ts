/** What the encoder writes is read back by a reader of our own and, in the browser, as a picture. */
import { crc32, inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createPngEncoder, type PngTile } from '../../webview/diagram/encodePng';

type Colour = readonly [number, number, number];

/** A colour for each pixel, of which neighbours are never equal. */
function colourAt(x: number, y: number): Colour {
  return [(x * 7 + y * 13) % 256, (x * y) % 256, 255 - ((x + 2 * y) % 256)];
}

function tileOf(x: number, y: number, width: number, rows: number): PngTile {
  const pixels = Array.from({ length: rows * width }, (_, index) => [...colourAt(x + (index % width), y + Math.floor(index / width)), 255]);
  return { x, width, pixels: Uint8ClampedArray.from(pixels.flat()) };
}

async function encode(width: number, height: number, side: number): Promise<Buffer> {
  const encoder = createPngEncoder(width, height);
  const starts = (length: number): number[] => Array.from({ length: Math.ceil(length / side) }, (_, index) => index * side);
  for (const y of starts(height)) {
    const rows = Math.min(side, height - y);
    const tiles = starts(width).map((x) => tileOf(x, y, Math.min(side, width - x), rows));
    for (const wait of encoder.addStrip(rows, tiles)) await wait;
  }
  return Buffer.concat(await encoder.finish());
}

/** The chunks of a PNG, each with a checksum that is right. */
function chunksOf(png: Buffer): { readonly type: string; readonly data: Buffer }[] {
  expect(png.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
  const chunks: { type: string; data: Buffer }[] = [];
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at);
    expect(png.readUInt32BE(at + 8 + length)).toBe(crc32(png.subarray(at + 4, at + 8 + length)));
    chunks.push({ type: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, at + 8 + length) });
    at += length + 12;
  }
  return chunks;
}

/** Colours of a picture whose rows are all told as differences from the one above. */
function decode(png: Buffer): { readonly width: number; readonly height: number; at(x: number, y: number): Colour } {
  const chunks = chunksOf(png);
  const [header] = chunks;
  if (!header) throw new Error('A PNG has a header.');
  const [width, height] = [header.data.readUInt32BE(0), header.data.readUInt32BE(4)];
  const stride = width * 3 + 1;
  const bytes = inflateSync(Buffer.concat(chunks.flatMap(({ type, data }) => (type === 'IDAT' ? [data] : []))));
  expect(bytes.length).toBe(stride * height);
  for (let row = 0; row < height; row++) {
    expect(bytes[row * stride]).toBe(2);
    for (let at = 1; at < stride; at++)
      bytes[row * stride + at] = (bytes[row * stride + at] ?? 0) + (row === 0 ? 0 : (bytes[(row - 1) * stride + at] ?? 0));
  }
  const channel = (x: number, y: number, index: number): number => bytes[y * stride + 1 + x * 3 + index] ?? NaN;
  return { width, height, at: (x, y) => [channel(x, y, 0), channel(x, y, 1), channel(x, y, 2)] };
}

describe('a PNG written from tiles', () => {
  it.each([
    ['one pixel', 1, 1, 16],
    ['one tile', 16, 16, 16],
    ['tiles that do not fit', 37, 23, 16],
    ['a strip alone', 300, 5, 64],
  ])('holds every pixel: %s', async (_, width, height, side) => {
    const picture = decode(await encode(width, height, side));
    expect([picture.width, picture.height]).toEqual([width, height]);
    for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) expect(picture.at(x, y)).toEqual(colourAt(x, y));
  });

  it('has the chunks that a PNG begins and ends with', async () => {
    const types = chunksOf(await encode(200, 100, 64)).map(({ type }) => type);
    expect([types[0], types.at(-1)]).toEqual(['IHDR', 'IEND']);
    expect(new Set(types.slice(1, -1))).toEqual(new Set(['IDAT']));
  });
});
