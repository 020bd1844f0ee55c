/** How much of a stack is looked at, and which site a call is counted to. */
import { describe, expect, it } from 'vitest';
import { MAX_DEPTH, type CapturedSite, type Stack as Frames } from '../../../src/probe/callSite';
import type { OperationStart } from '../../../src/probe/context';
import { SiteStreak } from '../../../src/probe/siteStreak';

const lookup: OperationStart = { api: 'Repository.findOneBy', entity: 'Author', relation: null, source: 1 };
const below = {};
const noFrames: Frames = [];

/** A stack by its line that calls and, behind an await, its caller's: `7` or `7 < 3`. */
type Stack = string;

interface Seen {
  readonly sites: (Stack | undefined)[];
  /** How many stacks were read as a whole. */
  readonly whole: number;
}

function run(stacks: readonly Stack[], startOf: (at: number) => OperationStart = () => ({ ...lookup })): Seen {
  const sites = new Map(stacks.map((stack) => [stack, aSite()]));
  let current: Stack = '';
  let whole = 0;
  const streak = new SiteStreak({
    siteOfStack: () => sites.get(current),
    isStackOf: (site) => lineOf(nameOf(site)) === lineOf(current),
  });
  const nameOf = (site: CapturedSite | undefined): Stack => [...sites].find(([, known]) => known === site)?.[0] ?? '';
  const seen = stacks.map((stack, at) => {
    current = stack;
    for (let depth = streak.call(startOf(at), below); depth > 0; depth = streak.look(noFrames)) if (depth === MAX_DEPTH) whole++;
    return nameOf(streak.site);
  });
  return { sites: seen, whole };
}

const aSite = (): CapturedSite => ({ id: 0, frames: [], places: [], syncDepth: 1, syncCount: 1 });
const lineOf = (stack: Stack): string => stack.split(' < ')[0] ?? '';
const times = (count: number, stack: Stack): Stack[] => Array<Stack>(count).fill(stack);

describe('calls in a row', () => {
  it('are told apart by the line that makes them, however many there were', () => {
    const stacks = [...times(500, '5'), '6', ...times(3, '5'), ...times(500, '6'), '5'];
    expect(run(stacks).sites).toEqual(stacks);
  });

  it('have their whole stack read eight times, and then with every eighth', () => {
    expect(run(times(8, '5')).whole).toBe(8);
    expect(run(times(808, '5')).whole).toBe(108);
  });

  it('of a helper are told apart by its callers behind an await, the first eight times', () => {
    const stacks = ['5 < 1', '5 < 2', '5 < 3', ...times(7, '5 < 4'), '5 < 1', '5 < 2'];
    expect(run(stacks).sites).toEqual(stacks);
  });

  it('of a helper from another caller behind an await are noticed within eight calls', () => {
    const { sites } = run([...times(100, '5 < 1'), ...times(100, '5 < 2')]);
    const noticed = sites.indexOf('5 < 2');
    expect(noticed - 100).toBeLessThan(8);
    expect(sites.slice(noticed)).toEqual(times(200 - noticed, '5 < 2'));
  });

  it.each<[string, Partial<OperationStart>]>([
    ['entity', { entity: 'Book' }],
    ['relation', { relation: 'books' }],
    ['API', { api: 'lazy' }],
    ['data source', { source: 2 }],
  ])('end with another %s', (_name, other) => {
    const stacks = [...times(100, '5 < 1'), '5 < 2'];
    expect(run(stacks, (at) => (at === 100 ? { ...lookup, ...other } : lookup)).sites).toEqual(stacks);
  });
});
