/** What the profiler says of random requests, beside what they do. What once was wrong has a test of its own. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildTool, programEnvironment, type Tool } from '../cli/tool';
import { markIn, type Found } from './judge';
import { randomRequests, type Truth } from './randomRequests';

/** RANDOM_REQUESTS=5000:20 tries 20 other programs. */
const [first = 1, count = 3] = (process.env['RANDOM_REQUESTS'] ?? '').split(':').filter(Boolean).map(Number);
const seeds = Array.from({ length: count }, (_, index) => first + index);
const REQUESTS = 60;

interface Report {
  readonly scopes: readonly { readonly id: number; readonly name: string }[];
  readonly findings: readonly Found[];
}

let tool: Tool;
beforeAll(() => {
  tool = buildTool();
});
afterAll(() => tool.remove());

describe.each([
  { line: '1.x', packageName: 'typeorm' },
  { line: '0.3', packageName: 'typeorm-0.3' },
])('on TypeORM $line', ({ packageName }) => {
  it.each(seeds)('what random requests do is said, and nothing else: seed %i', async (seed) => {
    const { source, truths, requests } = await randomRequests(seed, REQUESTS);
    const file = tool.write(`${packageName}-${seed}.cjs`, source.replace('TYPEORM', packageName));
    const outcome = await tool.run(['profile', '--format', 'json', '--', process.execPath, file], { env: programEnvironment() });
    expect(outcome.stderr).toBe('');
    const report = JSON.parse(outcome.stdout) as Report;
    expect(truths.length).toBeGreaterThan(REQUESTS / 2);
    const wrong: unknown[] = [];
    for (const [name, text] of requests) {
      const scope = report.scopes.find((each) => each.name === name);
      const found = report.findings.filter((finding) => finding.scope === scope?.id && isOfCounts(finding)).map((finding) => wordsOf(finding));
      const expected = truths.filter(({ request }) => request === name).map(inWords);
      if (found.sort().join() !== expected.sort().join()) wrong.push({ text, found, expected });
    }
    expect(wrong).toEqual([]);
  });
});

/** How long statements take, and what they read, is no matter here. */
function isOfCounts({ kind, severity }: Found): boolean {
  return severity === 'warning' && /n-plus-one|duplicate|fan-out/.test(kind);
}

function wordsOf({ kind, count: times, site, parent }: Found): string {
  const from = parent === null ? '' : ` from ${markIn(tool.folder, parent.site)}${parent.proven ? '' : ' (a guess)'}`;
  return `${kind} × ${times} at ${markIn(tool.folder, site)}${from}`;
}

function inWords({ kind, count: times, site, parent }: Truth): string {
  return `${kind} × ${times} at ${site}${parent === null ? '' : ` from ${parent}`}`;
}
