/**
 * Most of the price of a stack is in its frames behind the first await. Where calls of one kind have come from one stack several times
 * in a row within a request, the next ones are compared with it by the frames before that await only: the line that calls is always
 * looked at, and what stands behind an await is looked at again with every eighth call.
 */
import { captureSite, isStillAt, type CapturedSite } from './callSite';
import type { OperationStart } from './context';

const SETTLED_AFTER = 8;
const LOOK_EVERY = 8;

/** How stacks are taken, seen from the caller of `below`. */
export interface StackReader {
  captureSite(below: object): CapturedSite | undefined;
  isStillAt(site: CapturedSite, below: object): boolean;
}

export class SiteStreak {
  private start: OperationStart | undefined;
  private site: CapturedSite | undefined;
  private length = 0;

  constructor(private readonly stacks: StackReader = { captureSite, isStillAt }) {}

  /** The site of a call, as seen from the caller of `below`. */
  siteOf(start: OperationStart, below: object): CapturedSite | undefined {
    this.length = this.start !== undefined && isSameCall(this.start, start) ? this.length + 1 : 1;
    this.start = start;
    const { site } = this;
    const isSettled = this.length > SETTLED_AFTER && this.length % LOOK_EVERY !== 0;
    if (isSettled && site && site.syncCount > 0 && this.stacks.isStillAt(site, below)) return site;
    this.site = this.stacks.captureSite(below);
    if (this.site !== site) this.length = 1;
    return this.site;
  }
}

function isSameCall(one: OperationStart, other: OperationStart): boolean {
  return one.api === other.api && one.entity === other.entity && one.relation === other.relation && one.source === other.source;
}
