/**
 * Where calls of one shape come from: the same method with the same SQL text, or with conditions on the same properties of the same entity.
 * Most shapes are asked from one line only. Once that has been seen often enough, most calls of a loop are counted to it without looking; a
 * shape that was ever asked from a second line is looked at each time from then on. The same within requests: what has followed the same call from
 * the same place hundreds of times does so again.
 */
import { isSameLine, type CapturedSite } from './callSite';

/** So many from one line, and none from elsewhere, leave a chance of about one in a hundred that the next is the first from another. */
const LEARNT_AFTER = 256;
/** Of calls that are counted to a place without looking, every so many are looked at all the same. */
export const LOOK_EVERY = 8;
/** Per shape, of either kind. */
const MAX_STEPS = 200;
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
  /** By the site of the call before; and of first calls, by what their requests are called. */
  private readonly steps = new Map<CapturedSite, Step>();
  private readonly openings = new Map<string, Step>();

  /** Whether calls have come from the site's line only, as far as was seen, and often enough to take that for granted. */
  isOnlyFrom(site: CapturedSite): boolean {
    return this.isLearnt && this.site !== undefined && isSameLine(site, this.site);
  }

  /**
   * Where a call that follows one from `before` in a request, or is the first of a request called so, comes from, its whole stack: once that has been
   * the same often enough. Undefined where it has to be looked at.
   */
  siteAfter(before: CapturedSite | string): CapturedSite | undefined {
    const step = this.isLearnt ? this.stepAfter(before) : undefined;
    return step && step.looks >= LEARNT_AFTER && ++step.taken % LOOK_EVERY !== 0 ? step.site : undefined;
  }

  /** A call was looked at. */
  learn(site: CapturedSite | undefined): void {
    if (this.looks++ > 0 && site !== this.site && !(site && this.site && isSameLine(site, this.site))) this.isMixed = true;
    this.site = site;
  }

  /** The same, of a whole stack, and which call came before. */
  learnStep(before: CapturedSite | string, site: CapturedSite | undefined): void {
    const step = this.stepAfter(before);
    if (!step) {
      const first = { site, looks: 1, taken: 0 };
      if (typeof before !== 'string') addBounded(this.steps, before, first);
      else addBounded(this.openings, before, first);
    } else if (step.site === site) step.looks++;
    // Never taken for granted again.
    else step.looks = -Infinity;
  }

  private stepAfter(before: CapturedSite | string): Step | undefined {
    return typeof before === 'string' ? this.openings.get(before) : this.steps.get(before);
  }

  private get isLearnt(): boolean {
    return !this.isMixed && this.looks >= LEARNT_AFTER;
  }
}

function addBounded<Key>(steps: Map<Key, Step>, key: Key, step: Step): void {
  if (steps.size < MAX_STEPS) steps.set(key, step);
}

/** From one call of a request to the next. */
interface Step {
  readonly site: CapturedSite | undefined;
  looks: number;
  taken: number;
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
