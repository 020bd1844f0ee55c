/** A hash of a response's body, to tell whether a change of the code changed the answer. */
import crypto, { type BinaryLike } from 'node:crypto';
import { timeOrigin } from './clock';
import { shortHash } from './shortHash';

const MAX_BYTES = 1024 * 1024;
const HOUR_MS = 3_600_000;
const IS_UTF8 = /^utf-?8$/i;

export class ResponseHash {
  /** Text where it goes out in UTF-8. */
  private chunks: (string | Buffer)[] = [];
  private length = 0;
  private tooLong = false;

  /** A chunk as `write` and `end` take it. Bytes are copied, for the app may use its buffer again. Never throws. */
  add(chunk: unknown, encoding: unknown): void {
    if (this.tooLong) return;
    const kept = keep(chunk, encoding);
    if (kept === undefined) return;
    this.length += Buffer.byteLength(kept);
    if (this.length > MAX_BYTES) {
      this.tooLong = true;
      this.chunks = [];
    } else this.chunks.push(kept);
  }

  /** Hexadecimal; null where the body was too long to be kept. */
  digest(): string | null {
    if (this.tooLong) return null;
    const body = joined(this.chunks);
    this.chunks = [];
    const first = typeof body === 'string' ? body.charCodeAt(0) : body[0];
    const isJson = first === 0x7b || first === 0x5b;
    const told = isJson ? maskVolatile(body.toString()) : body;
    return shortHash(told) ?? sha1(told);
  }
}

/** Timestamps of this run (a seed's `createdAt`, a `generatedAt`) differ from run to run without meaning anything. */
export function maskVolatile(json: string): string {
  if (!mayHoldTimes(json)) return json;
  return json.replace(/"\d{4}-\d\d-\d\d[T ]\d\d:\d\d[^"]{0,20}"|\b1\d{12}\b/g, (text) => {
    const time = text.startsWith('"') ? Date.parse(text.slice(1, -1)) : Number(text);
    return time > timeOrigin - 24 * HOUR_MS && time < Date.now() + 24 * HOUR_MS ? '"<now>"' : text;
  });
}

const NINE = 0x39;
const ZERO = 0x30;
const HYPHEN = 0x2d;

/** Whether there are four digits before a hyphen anywhere, or thirteen of them. Most answers have neither, and need not be searched for times. */
function mayHoldTimes(json: string): boolean {
  let digits = 0;
  for (let at = 0; at < json.length; at++) {
    const code = json.charCodeAt(at);
    if (code <= NINE && code >= ZERO) digits++;
    else {
      if (digits === 13 || (digits === 4 && code === HYPHEN)) return true;
      digits = 0;
    }
  }
  return digits === 13;
}

function keep(chunk: unknown, encoding: unknown): string | Buffer | undefined {
  if (typeof chunk !== 'string') return chunk instanceof Uint8Array ? Buffer.from(chunk) : undefined;
  return typeof encoding !== 'string' || IS_UTF8.test(encoding) || !Buffer.isEncoding(encoding) ? chunk : Buffer.from(chunk, encoding);
}

/** Text that is all of a body, the usual case, need not become bytes and text again. */
function joined(chunks: readonly (string | Buffer)[]): string | Buffer {
  const [first, second] = chunks;
  if (first === undefined) return '';
  return second === undefined ? first : Buffer.concat(chunks.map((chunk) => (typeof chunk === 'string' ? Buffer.from(chunk) : chunk)));
}

/** The hash in one call, which Node has since 20.12 and its type declarations for 20 have not. */
const { hash } = crypto as { readonly hash?: (algorithm: string, data: BinaryLike) => string };

function sha1(data: BinaryLike): string {
  return hash ? hash('sha1', data) : crypto.createHash('sha1').update(data).digest('hex');
}
