/** When calls of one shape are counted to a line without looking. */
import { describe, expect, it } from 'vitest';
import { MAX_DEPTH, type CapturedSite, type Stack } from '../../../src/probe/callSite';
import { CallShapes, shapeOfOptions } from '../../../src/probe/callShapes';
import { SiteStreak } from '../../../src/probe/siteStreak';

const below = {};
const noFrames: Stack = [];

/** A site by the lines of its frames before any await, innermost first: `5`, or `5 3` for the line that called it. */
const sites = new Map<string, CapturedSite>();
function siteAt(lines: string): CapturedSite {
  let site = sites.get(lines);
  const frames = lines.split(' ').map(Number);
  if (!site)
    sites.set(lines, (site = { id: 0, frames: [], places: frames.flatMap((line) => [0, line]), syncDepth: frames.length, syncCount: frames.length }));
  return site;
}

/** An app that makes calls of one shape, each request's in a streak of its own. */
class Calls {
  looks = 0;
  private readonly shapes = new CallShapes();
  private current = '';

  /**
   * @param key shape of the calls, or of each of them
   * @param route that the request is of, where that is known
   * @returns lines that the calls were counted to
   */
  request(lines: readonly string[], key: string | readonly string[] = 'Author id', route?: string): string[] {
    const streak = new SiteStreak({
      siteOfStack: () => siteAt(this.current),
      isStackOf: (site) => site === siteAt(this.current),
    });
    return lines.map((line, at) => {
      this.current = line;
      const shape = this.shapes.of(typeof key === 'string' ? key : (key[at] ?? ''));
      const start = { api: 'Repository.findOneBy', entity: 'Author', relation: null, source: 1, shape };
      for (let depth = streak.call(start, below, streak.isNew ? route : undefined); depth > 0; depth = streak.look(noFrames)) this.looks++;
      return streak.site?.places.filter((_place, at) => at % 2 === 1).join(' ') ?? '';
    });
  }
}

const times = (count: number, line: string): string[] => Array<string>(count).fill(line);

describe('calls of one shape', () => {
  it('are looked at until one line has made many of them, and then with every eighth', () => {
    const calls = new Calls();
    calls.request(times(256, '5'));
    expect(calls.looks).toBe(256);
    calls.request(times(800, '5'));
    expect(calls.looks).toBe(256 + 4 + 100);
  });

  it('are told apart exactly before that', () => {
    const stacks = [...times(200, '5'), '9', ...times(50, '9')];
    expect(new Calls().request(stacks)).toEqual(stacks);
  });

  it('are looked at when a request begins: another request’s line is never taken for this one’s', () => {
    const calls = new Calls();
    calls.request(times(500, '5'));
    const other = [...times(3, '9'), '5', '9'];
    expect(calls.request(other)).toEqual(other);
  });

  it('are all looked at for good, once they have come from two lines', () => {
    const calls = new Calls();
    calls.request(times(500, '5'));
    calls.request(['9']);
    const mixed = [...times(100, '5'), '9', ...times(50, '5'), ...times(50, '9'), '5'];
    expect(calls.request(mixed)).toEqual(mixed);
  });

  it('of a helper are all looked at, once it was called from two lines', () => {
    const calls = new Calls();
    calls.request(times(300, '5 1'));
    calls.request(['5 2']);
    const mixed = [...times(100, '5 1'), ...times(100, '5 2'), '5 1'];
    expect(calls.request(mixed)).toEqual(mixed);
  });

  it('are one line’s, though the first turn of each loop stands on its caller’s frame', () => {
    const calls = new Calls();
    for (let request = 0; request < 30; request++) calls.request(['5 1', ...times(99, '5')]);
    expect(calls.looks).toBeLessThan(900);
  });

  it('are noticed within eight calls where another line makes them for the first time', () => {
    const calls = new Calls();
    calls.request(times(500, '5'));
    const seen = calls.request([...times(100, '5'), ...times(100, '9')]);
    const noticed = seen.indexOf('9');
    expect(noticed - 100).toBeLessThan(8);
    expect(seen.slice(noticed)).toEqual(times(200 - noticed, '9'));
  });

  it('say nothing about calls of another shape', () => {
    const calls = new Calls();
    calls.request(times(500, '5'));
    expect(calls.request(['5', ...times(20, '5')], 'Author name')).toEqual(times(21, '5'));
    calls.looks = 0;
    calls.request(times(20, '5'), 'Author email');
    expect(calls.looks).toBe(20);
  });
});

describe('calls of requests that are all alike', () => {
  const keys = ['Author id', 'Book title', 'Book title'];
  const usual = ['1', '5', '5'];
  const after = (count: number): Calls => {
    const calls = new Calls();
    for (let request = 0; request < count; request++) expect(calls.request(usual, keys)).toEqual(usual);
    calls.looks = 0;
    return calls;
  };

  it('are looked at until there were hundreds of them, and then the first of each request and every eighth of the others', () => {
    const calls = after(256);
    for (let request = 0; request < 80; request++) expect(calls.request(usual, keys)).toEqual(usual);
    expect(calls.looks).toBe(80 + 10 + 10);
    const early = after(255);
    early.request(usual, keys);
    expect(early.looks).toBe(3);
  });

  it('are looked at where the call before them comes from elsewhere', () => {
    const calls = after(300);
    for (let request = 0; request < 20; request++) expect(calls.request(['2', '6', '5'], keys)).toEqual(['2', '6', '5']);
  });

  it('are all looked at for good, once another line has followed', () => {
    const calls = after(300);
    let wrong = 0;
    while (calls.request(['1', '6', '5'], keys)[1] !== '6') wrong++;
    expect(wrong).toBeLessThan(8);
    for (let request = 0; request < 20; request++) expect(calls.request(['1', '6', '5'], keys)).toEqual(['1', '6', '5']);
    for (let request = 0; request < 20; request++) expect(calls.request(usual, keys)).toEqual(usual);
  });

  it('are looked at where what follows the same call differs from request to request', () => {
    const calls = new Calls();
    for (let request = 0; request < 600; request++) {
      const stacks = ['1', request % 2 === 0 ? '5 8' : '5 9'];
      expect(calls.request(stacks, keys)).toEqual(stacks);
    }
  });
});

describe('first calls of requests of one route', () => {
  const keys = ['Author id', 'Book title'];
  const after = (count: number): Calls => {
    const calls = new Calls();
    for (let request = 0; request < count; request++) expect(calls.request(['1', '5'], keys, 'GET /:')).toEqual(['1', '5']);
    calls.looks = 0;
    return calls;
  };

  it('are looked at until there were hundreds of them, and then with every eighth', () => {
    const calls = after(256);
    for (let request = 0; request < 80; request++) expect(calls.request(['1', '5'], keys, 'GET /:')).toEqual(['1', '5']);
    expect(calls.looks).toBe(10 + 10);
    const early = after(255);
    early.request(['1', '5'], keys, 'GET /:');
    expect(early.looks).toBe(2);
  });

  it('are looked at in requests of another route, or of one that is not known', () => {
    expect(after(300).request(['2'], keys, 'GET /other')).toEqual(['2']);
    expect(after(300).request(['2'], keys)).toEqual(['2']);
  });

  it('are noticed within eight requests where they come from elsewhere, and all looked at from then on', () => {
    const calls = after(300);
    let wrong = 0;
    while (calls.request(['1 7'], keys, 'GET /:')[0] !== '1 7') wrong++;
    expect(wrong).toBeLessThan(8);
    for (let request = 0; request < 20; request++) expect(calls.request(['1 7'], keys, 'GET /:')).toEqual(['1 7']);
    for (let request = 0; request < 20; request++) expect(calls.request(['1'], keys, 'GET /:')).toEqual(['1']);
  });
});

it('a stack is taken in full where nothing is known', () => {
  const streak = new SiteStreak({ siteOfStack: () => siteAt('1'), isStackOf: () => true });
  expect(streak.call({ api: 'query', entity: null, relation: null, source: 1 }, below)).toBe(MAX_DEPTH);
  expect(streak.look(noFrames)).toBe(0);
});

it.each([
  [{ id: 1 }, ' id'],
  [{ where: { id: 1, name: 'x' }, relations: { books: true } }, ' where( id name ) relations'],
  [[{ id: 1 }], 'object'],
  ['SELECT 1', 'string'],
  [undefined, 'undefined'],
  [null, 'object'],
])('the shape of %j is its properties’ names', (options, shape) => expect(shapeOfOptions(options)).toBe(shape));
