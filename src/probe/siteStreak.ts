/**
 * Most of the price of a long stack is in its frames behind the first await. Where calls of one kind have come from one stack several times
 * in a row within a request, the next ones are compared with it by the frames before that await only: what stands behind an await is looked at
 * again with every eighth call. Calls of a shape that only ever came from there, or that follow one another as in every request before (callShapes.ts),
 * are not even looked at in between. What a request calls first follows nothing but the request's own name.
 */
import { isStackOf, MAX_DEPTH, siteOfStack, type CapturedSite, type Stack } from './callSite';
import { LOOK_EVERY } from './callShapes';
import type { OperationStart } from './context';

const SETTLED_AFTER = 8;
/** Calls of a request are looked at until there were so many in a row, or they follow one another as ever. */
const SURE_AFTER = 4;

/** How stacks are read. */
export interface StackReader {
  siteOfStack(stack: Stack): CapturedSite | undefined;
  isStackOf(site: CapturedSite, stack: Stack): boolean;
}

/** Says how deep a stack it needs, instead of taking one: V8 takes long for each frame of ours beneath, so whoever is called by the app takes it. */
export class SiteStreak {
  private below: object | undefined;
  private start: OperationStart | undefined;
  private lastSite: CapturedSite | undefined;
  /** The site of the call before the last, or what the request is called. */
  private before: CapturedSite | string | undefined;
  private length = 0;
  /** Whether the stack that is awaited is compared with the last site's. */
  private isComparing = false;

  constructor(private readonly stacks: StackReader = { siteOfStack, isStackOf }) {}

  /** Whether there was no call yet. */
  get isNew(): boolean {
    return this.start === undefined;
  }

  /** Where the last call came from. */
  get site(): CapturedSite | undefined {
    return this.lastSite;
  }

  /**
   * There is a call of the method `below`: its caller is where the stack begins.
   * @param opening what the first calls of all alike requests have in common; undefined where that is not known, and for later calls
   * @returns how deep a stack is needed to know the site (`look`); 0 where it is known
   */
  call(start: OperationStart, below: object, opening?: string): number {
    const site = this.lastSite;
    const before = site ?? opening;
    const isSame = below === this.below && this.start !== undefined && isSameCall(this.start, start);
    this.below = below;
    this.start = start;
    this.before = before;
    this.length = isSame ? this.length + 1 : 1;
    if (before !== undefined && this.length <= SURE_AFTER) {
      const next = start.shape?.siteAfter(before);
      if (next) return this.goTo(next);
    }
    if (site && this.length % LOOK_EVERY !== 0) {
      if (this.length > SURE_AFTER && start.shape?.isOnlyFrom(site)) return 0;
      if (this.length > SETTLED_AFTER && site.syncCount > 0) {
        this.isComparing = true;
        return site.syncDepth;
      }
    }
    return MAX_DEPTH;
  }

  /**
   * The stack of the call, as deep as was wanted.
   * @returns how deep another one is needed; 0 where the site is known
   */
  look(stack: Stack): number {
    const { start, before, lastSite: site, isComparing } = this;
    this.isComparing = false;
    if (isComparing && site) {
      if (!this.stacks.isStackOf(site, stack)) return MAX_DEPTH;
      start?.shape?.learn(site);
      return 0;
    }
    const seen = this.stacks.siteOfStack(stack);
    start?.shape?.learn(seen);
    if (before !== undefined) start?.shape?.learnStep(before, seen);
    return this.goTo(seen);
  }

  private goTo(site: CapturedSite | undefined): 0 {
    if (site !== this.lastSite) this.length = 1;
    this.lastSite = site;
    return 0;
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
