/** Cuts a stream of UTF-8 bytes into lines, at whatever places the chunks were cut. */
import { StringDecoder } from 'node:string_decoder';

/** A source map of a large bundle fits; nothing that the probe sends is longer. */
const MAX_LINE_LENGTH = 64 * 1024 * 1024;

export class LineReader {
  private readonly decoder = new StringDecoder('utf8');
  private parts: string[] = [];
  private length = 0;

  constructor(
    private readonly onLine: (line: string) => void,
    private readonly maxLength = MAX_LINE_LENGTH,
  ) {}

  /** @returns false where a line is longer than any that can be meant. */
  push(chunk: Buffer): boolean {
    const lines = this.decoder.write(chunk).split('\n');
    const rest = lines.pop() ?? '';
    for (const line of lines) {
      const whole = this.parts.length > 0 ? this.parts.join('') + line : line;
      this.parts = [];
      this.length = 0;
      if (whole !== '') this.onLine(whole);
    }
    if (rest !== '') this.parts.push(rest);
    this.length += rest.length;
    return this.length <= this.maxLength;
  }
}
