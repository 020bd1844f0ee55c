/**
 * Where calls of one shape come from: the same method with the same SQL text, or with conditions on the same properties of the same entity.
 * Most shapes are asked from one line only. Once that has been seen often enough, most calls of a loop are counted to it without looking; a
 * shape that was ever asked from a second line is looked at each time from then on.
 */
import { isSameLine, type CapturedSite } from './callSite';

/** So many from one line, and none from elsewhere, leave a chance of about one in a hundred that the next is the first from another. */
const LEARNT_AFTER = 256;
/** Per method. */
const MAX_SHAPES = 2_000;
const MAX_KEYS = 6;

/** The calls of one method, by shape. */
export class CallShapes {
  private readonly shapes = new Map<string, CallShape>();

  /** Undefined where there are too many to tell them apart. */
  of(key: string): CallShape | undefined {
    let shape = this.shapes.get(key);
    if (!shape && this.shapes.size < MAX_SHAPES) this.shapes.set(key, (shape = new CallShape()));
    return shape;
  }
}

export class CallShape {
  private site: CapturedSite | undefined;
  private looks = 0;
  private isMixed = false;

  /** Whether calls have come from the site's line only, as far as was seen, and often enough to take that for granted. */
  isOnlyFrom(site: CapturedSite): boolean {
    return !this.isMixed && this.looks >= LEARNT_AFTER && this.site !== undefined && isSameLine(site, this.site);
  }

  /** A call was looked at. */
  learn(site: CapturedSite | undefined): void {
    if (this.looks++ > 0 && site !== this.site && !(site && this.site && isSameLine(site, this.site))) this.isMixed = true;
    this.site = site;
  }
}

/** Names of the properties of find options or conditions: `where id`, without their values. */
export function shapeOfOptions(options: unknown): string {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) return typeof options;
  let shape = '';
  let count = 0;
  for (const key in options) {
    if (++count > MAX_KEYS) break;
    shape += ` ${key}`;
    if (key === 'where') shape += `(${shapeOfOptions((options as { readonly where: unknown }).where)} )`;
  }
  return shape;
}
