/**
 * Most of the price of a long stack is in its frames behind the first await. Where calls of one kind have come from one stack several times
 * in a row within a request, the next ones are compared with it by the frames before that await only: what stands behind an await is looked at
 * again with every eighth call. Calls of a shape that only ever came from there, or that follow one another as in every request before (callShapes.ts),
 * are not even looked at in between. What a request calls first follows nothing but the request's own name.
 */
import { isStackOf, MAX_DEPTH, siteOfStack, takeStack, type CapturedSite, type Stack } from './callSite';
import { LOOK_EVERY } from './callShapes';
import type { OperationStart } from './context';

const SETTLED_AFTER = 8;
/** Calls of a request are looked at until there were so many in a row, or they follow one another as ever. */
const SURE_AFTER = 4;

/** How stacks are taken and read. */
export interface StackReader {
  takeStack(below: object, depth: number): Stack;
  siteOfStack(stack: Stack): CapturedSite | undefined;
  isStackOf(site: CapturedSite, stack: Stack): boolean;
}

export class SiteStreak {
  private below: object | undefined;
  private start: OperationStart | undefined;
  private site: CapturedSite | undefined;
  private length = 0;

  constructor(private readonly stacks: StackReader = { takeStack, siteOfStack, isStackOf }) {}

  /** Whether there was no call yet. */
  get isNew(): boolean {
    return this.start === undefined;
  }

  /**
   * The site of a call of the method `below`: its caller is where the stack begins.
   * @param opening what the first calls of all alike requests have in common; undefined where that is not known, and for later calls
   */
  siteOf(start: OperationStart, below: object, opening?: string): CapturedSite | undefined {
    const { site } = this;
    const before = site ?? opening;
    const isSame = below === this.below && this.start !== undefined && isSameCall(this.start, start);
    this.below = below;
    this.start = start;
    this.length = isSame ? this.length + 1 : 1;
    if (before !== undefined && this.length <= SURE_AFTER) {
      const next = start.shape?.siteAfter(before);
      if (next) return this.goTo(next);
    }
    if (site && this.length % LOOK_EVERY !== 0) {
      if (this.length > SURE_AFTER && start.shape?.isOnlyFrom(site)) return site;
      if (this.length > SETTLED_AFTER && site.syncCount > 0 && this.isStillAt(site, below)) {
        start.shape?.learn(site);
        return site;
      }
    }
    const seen = this.stacks.siteOfStack(this.stacks.takeStack(below, MAX_DEPTH));
    start.shape?.learn(seen);
    if (before !== undefined) start.shape?.learnStep(before, seen);
    return this.goTo(seen);
  }

  private goTo(site: CapturedSite | undefined): CapturedSite | undefined {
    if (site !== this.site) this.length = 1;
    this.site = site;
    return site;
  }

  private isStillAt(site: CapturedSite, below: object): boolean {
    return this.stacks.isStackOf(site, this.stacks.takeStack(below, site.syncDepth));
  }
}

function isSameCall(one: OperationStart, other: OperationStart): boolean {
  return (
    one.api === other.api &&
    one.entity === other.entity &&
    one.relation === other.relation &&
    one.source === other.source &&
    one.shape === other.shape
  );
}
