/** A hash of a response's body, to tell whether a change of the code changed the answer. */
import { createHash } from 'node:crypto';
import { timeOrigin } from './clock';

const MAX_BYTES = 1024 * 1024;
const HOUR_MS = 3_600_000;

export class ResponseHash {
  private chunks: Buffer[] = [];
  private length = 0;
  private tooLong = false;

  /** A chunk as `write` and `end` take it. Copied, for the app may use its buffer again. Never throws. */
  add(chunk: unknown, encoding: unknown): void {
    if (this.tooLong) return;
    const bytes = toBytes(chunk, encoding);
    if (!bytes) return;
    this.length += bytes.length;
    if (this.length > MAX_BYTES) {
      this.tooLong = true;
      this.chunks = [];
    } else this.chunks.push(bytes);
  }

  /** Hexadecimal; null where the body was too long to be kept. */
  digest(): string | null {
    if (this.tooLong) return null;
    const body = Buffer.concat(this.chunks);
    this.chunks = [];
    const first = body[0];
    const isJson = first === 0x7b || first === 0x5b;
    return createHash('sha1')
      .update(isJson ? maskVolatile(body.toString('utf8')) : body)
      .digest('hex');
  }
}

/** Timestamps of this run (a seed's `createdAt`, a `generatedAt`) differ from run to run without meaning anything. */
export function maskVolatile(json: string): string {
  return json.replace(/"\d{4}-\d\d-\d\d[T ]\d\d:\d\d[^"]{0,20}"|\b1\d{12}\b/g, (text) => {
    const time = text.startsWith('"') ? Date.parse(text.slice(1, -1)) : Number(text);
    return time > timeOrigin - 24 * HOUR_MS && time < Date.now() + 24 * HOUR_MS ? '"<now>"' : text;
  });
}

function toBytes(chunk: unknown, encoding: unknown): Buffer | undefined {
  if (typeof chunk === 'string') return Buffer.from(chunk, typeof encoding === 'string' && Buffer.isEncoding(encoding) ? encoding : 'utf8');
  return chunk instanceof Uint8Array ? Buffer.from(chunk) : undefined;
}
