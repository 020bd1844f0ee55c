/**
 * Writes a PNG from tiles, from top to bottom: a picture of a hundred million pixels is never held as a whole, and no step takes long.
 * The browser's own encoder takes a whole canvas, whose copy alone stops the page for most of a second.
 */

/** Compressed in one go; more would be felt. */
const bytesAtOnce = 1 << 18;
const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Eight bits for each of red, green and blue; no other than the usual compression and filters, not interlaced. */
const trueColour = [8, 2, 0, 0, 0];
/** A row is told as its difference from the one above, which in a diagram is mostly none. */
const filterUp = 2;

export interface PngTile {
  readonly x: number;
  readonly width: number;
  /** Four bytes for each pixel, as a canvas gives them; as many rows as its strip has. */
  readonly pixels: Uint8ClampedArray;
}

export interface PngEncoder {
  /** Adds rows over the whole width, as tiles from left to right. Yields what is to be waited for. */
  addStrip(rows: number, tiles: Iterable<PngTile>): Generator<Promise<void> | null, void>;
  /** The file's bytes, in pieces. Call once all rows were added. */
  finish(): Promise<readonly Uint8Array<ArrayBuffer>[]>;
}

export function createPngEncoder(width: number, height: number): PngEncoder {
  const compression = new CompressionStream('deflate');
  const writer = compression.writable.getWriter();
  const parts: Uint8Array<ArrayBuffer>[] = [
    new Uint8Array(signature),
    chunk('IHDR', Uint8Array.from([...bigEndian(width), ...bigEndian(height), ...trueColour])),
  ];
  const compressed = collect(compression.readable.getReader(), parts);
  // Told where it is waited for; meanwhile it is no unhandled rejection.
  compressed.catch(() => undefined);
  const above = new Uint8Array(width * 3);
  return {
    *addStrip(rows, tiles) {
      const strip = new Uint8Array((width * 3 + 1) * rows);
      for (let row = 0; row < rows; row++) strip[row * (width * 3 + 1)] = filterUp;
      for (const tile of tiles) {
        filterInto(strip, tile, rows, width, above);
        yield null;
      }
      for (let from = 0; from < strip.length; from += bytesAtOnce) yield writer.write(strip.subarray(from, from + bytesAtOnce));
    },
    async finish() {
      await writer.close();
      await compressed;
      return [...parts, chunk('IEND', new Uint8Array())];
    },
  };
}

async function collect(reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>, parts: Uint8Array<ArrayBuffer>[]): Promise<void> {
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) parts.push(chunk('IDAT', piece.value));
}

/** Puts a tile's rows into the strip, and its last one into `above` for the next strip. */
function filterInto(strip: Uint8Array, { x, width, pixels }: PngTile, rows: number, fullWidth: number, above: Uint8Array): void {
  const stride = fullWidth * 3 + 1;
  for (let row = 0; row < rows; row++) {
    let from = row * width * 4;
    let to = row * stride + 1 + x * 3;
    let last = x * 3;
    for (let pixel = 0; pixel < width; pixel++, from += 4) {
      for (let channel = 0; channel < 3; channel++, to++, last++) {
        const value = pixels[from + channel] ?? 0;
        strip[to] = value - (above[last] ?? 0);
        above[last] = value;
      }
    }
  }
}

function chunk(type: string, data: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(data.length + 12);
  bytes.set(bigEndian(data.length));
  bytes.set(
    Array.from(type, (letter) => letter.charCodeAt(0)),
    4,
  );
  bytes.set(data, 8);
  bytes.set(bigEndian(crc32(bytes.subarray(4, -4))), data.length + 8);
  return bytes;
}

function bigEndian(value: number): number[] {
  return [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
}

const crcTable = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

/** The checksum of PNG's chunks (PNG specification, annex D). */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crcTable[(crc ^ byte) & 255] ?? 0) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}
