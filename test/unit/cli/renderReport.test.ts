import { describe, expect, it } from 'vitest';
import { deliverReport } from '../../../src/cli/deliverReport';
import { foldFindings } from '../../../src/cli/foldFindings';
import { foldScopes } from '../../../src/cli/foldScopes';
import { renderHtml } from '../../../src/cli/renderHtml';
import { renderJson } from '../../../src/cli/renderJson';
import { renderText } from '../../../src/cli/renderText';
import { parseReportOptions } from '../../../src/cli/reportOptions';
import type { Finding, QueryProfile, ScopeSummary } from '../../../src/core/profile/queryProfile';
import { anAdvice, aFinding, aParent, aSite } from '../builders/findingBuilder';

function aScope(overrides: Partial<ScopeSummary> = {}): ScopeSummary {
  return {
    id: 1,
    runId: 'run',
    kind: 'http',
    name: 'GET /authors',
    path: '/authors',
    startedAtMs: 0,
    durationMs: 12.5,
    dbTimeMs: 9.1234567,
    queryCount: 101,
    rowCount: 300,
    status: 200,
    live: false,
    warnings: 1,
    infos: 0,
    previous: null,
    history: [],
    responseHash: null,
    ...overrides,
  };
}

function aProfile(overrides: Partial<QueryProfile> = {}): QueryProfile {
  const run = {
    id: 'run',
    name: 'node app.js',
    startedAtMs: 0,
    state: 'ended',
    pids: [],
    typeormVersions: ['1.1.1'],
    drivers: ['postgres'],
    message: null,
  } as const;
  return { version: 1, run, dropped: 0, scopes: [aScope()], queries: [], operations: [], findings: [], relationStats: [], ...overrides };
}

const plain = { colours: false, width: 100 };

describe('the report for a terminal', () => {
  it('says what was measured, what is wrong, and what to do', () => {
    const advice = anAdvice({ strategy: 'query', predictedQueryCount: 3, reason: 'books has 3 rows per parent.' });
    const text = renderText(aProfile({ findings: [aFinding({ advice })] }), '/app', plain);
    expect(text).toBe(`
Relation Lens  101 queries, 9.1 ms in the database · TypeORM 1.1.1 on postgres

  101 queries  GET /authors  9.1 ms db · 300 rows

100× N+1 by lazy relation  Author.books  GET /authors
   Author.books was loaded 100 times, once for each author that service.ts:1 returned.
   service.ts:3
   → Load \`books\` at service.ts:1, with relationLoadStrategy: "query" (101 → 3 queries). books has 3
     rows per parent.

1 warning
`);
  });

  it('praises a run without findings', () => {
    expect(renderText(aProfile(), '/app', plain)).toContain('✓ No loading mistakes found.');
  });

  it('says why there is nothing to say', () => {
    const silent = aProfile({ scopes: [] });
    expect(renderText(silent, '/app', plain)).toContain('TypeORM 1.1.1 was loaded, but ran no query.');
    expect(renderText({ ...silent, run: { ...silent.run, typeormVersions: [] } }, '/app', plain)).toContain('saw no TypeORM');
    expect(renderText({ ...silent, run: { ...silent.run, message: 'The socket was closed.' } }, '/app', plain)).toContain('The socket was closed.');
  });

  it('colours only where it is asked to', () => {
    const profile = aProfile({ findings: [aFinding()] });
    expect(renderText(profile, '/app', plain)).not.toContain('\u001b');
    expect(renderText(profile, '/app', { ...plain, colours: true })).toContain('\u001b[31m');
  });

  it('lists the worst scopes and sums up the rest', () => {
    const scopes = Array.from({ length: 25 }, (_, n) => aScope({ id: n, name: `GET /${n}`, queryCount: n + 1 }));
    const text = renderText(aProfile({ scopes }), '/app', plain);
    expect(text).toContain('GET /24');
    expect(text).not.toContain('GET /3 ');
    expect(text).toContain('and 5 more with fewer');
  });

  it('owns up to what it left out', () => {
    expect(renderText(aProfile({ dropped: 7 }), '/app', plain)).toContain('The details of 7 queries and operations were left out');
  });
});

describe('what packages do', () => {
  const site = aSite({ file: '/app/node_modules/@acme/shop/dist/list.js', line: 7, function: 'listAll' });
  const ofPackage = aFinding({ id: 2, severity: 'info', site, parent: aParent({ site: { ...site, line: 5 } }) });
  const report = aProfile({ findings: [ofPackage, aFinding({ id: 3, site: { ...site, line: 9 }, scopeName: 'GET /mine' })] });

  it('stands behind what the user’s code does, in two lines each', () => {
    const text = renderText(report, '/app', plain);
    expect(text.slice(text.indexOf('In packages'))).toBe(`In packages, not in your code (--format json tells more of each)
  100× N+1 by lazy relation  Author.books  GET /authors
     node_modules/@acme/shop/dist/list.js:7  in listAll

1 warning, 1 note
`);
    expect(text.slice(0, text.indexOf('In packages'))).toContain(
      '\n   node_modules/@acme/shop/dist/list.js:9  in listAll  (a package, not your code)\n',
    );
  });

  it('has no heading where there is none of it', () => {
    expect(renderText(aProfile({ findings: [aFinding({ severity: 'info' })] }), '/app', plain)).not.toContain('In packages');
  });

  it('has no site in the JSON, which is for the user’s code', () => {
    const place = { file: 'node_modules/@acme/shop/dist/list.js', line: 7 };
    const { findings } = JSON.parse(renderJson(report, '/app')) as {
      findings: { site: unknown; packageSite?: unknown; parent: { site: unknown } }[];
    };
    expect(findings).toMatchObject([
      { site: null, packageSite: place, parent: { site: null, packageSite: { ...place, line: 5 } } },
      { site: null, packageSite: { ...place, line: 9 }, parent: { site: { file: 'service.ts', line: 1 } } },
    ]);
    expect(findings[1]?.parent).not.toHaveProperty('packageSite');
  });

  it('is marked in the page', () => {
    expect(renderHtml(report, '/app')).toContain('<code>node_modules/@acme/shop/dist/list.js:7</code> (a package, not your code)');
  });
});

describe('folding', () => {
  it('makes one line of a route that was called often, with the numbers of its worst time', () => {
    const scopes = [aScope({ queryCount: 3 }), aScope({ id: 2, queryCount: 101, rowCount: 9 }), aScope({ id: 3, name: 'GET /books', queryCount: 5 })];
    expect(foldScopes(scopes).map(({ name, times, queryCount, rowCount }) => [name, times, queryCount, rowCount])).toEqual([
      ['GET /authors', 2, 101, 9],
      ['GET /books', 1, 5, 300],
    ]);
  });

  it('makes one finding of a line that several requests ran into', () => {
    const findings = [
      aFinding({ count: 3 }),
      aFinding({ id: 2, count: 50, scopeName: 'GET /other' }),
      aFinding({ id: 3, count: 70, site: aSite({ line: 9 }), severity: 'info' }),
    ];
    expect(foldFindings(findings).map(({ finding, scopes }) => [finding.id, finding.count, scopes])).toEqual([
      [2, 50, ['GET /authors', 'GET /other']],
      [3, 70, ['GET /authors']],
    ]);
  });
});

describe('the JSON', () => {
  it('names files from the root and rounds to microseconds', () => {
    const report = JSON.parse(renderJson(aProfile({ findings: [aFinding()] }), '/app')) as { scopes: unknown[]; findings: unknown[] };
    expect(report.scopes).toMatchObject([
      { id: 1, kind: 'http', name: 'GET /authors', durationMs: 12.5, dbTimeMs: 9.123, queryCount: 101, rowCount: 300 },
    ]);
    expect(report.findings).toMatchObject([
      { site: { file: 'service.ts', line: 3 }, parent: { operation: 1, site: { file: 'service.ts' }, proven: true } },
    ]);
  });
});

describe('a finding in the JSON', () => {
  const describedAs = (overrides: Partial<Finding>): unknown =>
    (JSON.parse(renderJson(aProfile({ findings: [aFinding(overrides)] }), '/app')) as { findings: unknown[] }).findings[0];

  it('names the line within a called function from the root, too', () => {
    const innermost = aSite({ file: '/app/helpers/find.ts' });
    expect(describedAs({ advice: anAdvice({ kind: 'batch-in', innermost }) })).toMatchObject({ advice: { innermost: { file: 'helpers/find.ts' } } });
    expect(describedAs({})).not.toHaveProperty('advice.innermost');
  });

  it('says what a slow statement usually takes, where that is known', () => {
    expect(describedAs({ kind: 'slow-query', usual: { ms: 2, runs: 40 } })).toMatchObject({ usual: { ms: 2, runs: 40 } });
    expect(describedAs({ kind: 'slow-query' })).not.toHaveProperty('usual');
  });
});

describe('what was amiss with the run', () => {
  it.each(['text', 'json', 'html', 'otlp'] as const)('is told once, also beside a report as %s', async (format) => {
    const message = 'The recording has reached its largest size.';
    const measured = aProfile();
    const written = { stdout: '', stderr: '' };
    const into = (stream: keyof typeof written) => ({ write: (text: string) => void (written[stream] += text) });
    const io = { stdout: into('stdout'), stderr: into('stderr'), cwd: '/app', env: {} };
    const options = parseReportOptions(['--format', format], '/app');
    await deliverReport({ ...measured, run: { ...measured.run, message } }, '/app', options, io);
    expect([written.stdout, written.stderr].filter((text) => text.includes(message))).toHaveLength(1);
    await deliverReport(measured, '/app', options, { ...io, stderr: { write: () => expect.unreachable('nothing was amiss') } });
  });
});

describe('the page', () => {
  it('shows what the app’s own texts say, and runs none of them', () => {
    const message = '<script>alert("x")</script>';
    const html = renderHtml(aProfile({ findings: [aFinding({ message })] }), '/app');
    expect(html).not.toContain('<script>');
    expect(html).toContain('&#60;script&#62;');
  });
});
