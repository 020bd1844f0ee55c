/**
 * The numbered cases as traces, judged by the rules of other detectors and by this one: which cases that expect an N+1 are found, and in how
 * many others one is seen. The truth is the same for all: what test/scenarios expects.
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { buildSync } from 'esbuild';
import { fingerprint } from '../../src/core/profile/sql/fingerprint';
import { dialectOf } from '../../src/core/profile/sql/tokenize';
import type { ProbeEvent, QueryEvent } from '../../src/protocol/probe';
import type { Case } from '../scenarios/expected/expected';
import { lazyCases } from '../scenarios/expected/lazyCases';
import { loopCases } from '../scenarios/expected/loopCases';
import { mappingCases } from '../scenarios/expected/mappingCases';
import { silentCases } from '../scenarios/expected/silentCases';
import { wasteCases } from '../scenarios/expected/wasteCases';
import { writeCases } from '../scenarios/expected/writeCases';
import type { BenchRow } from './benchRow';
import { rivals, type TracedQuery } from './rivalRules';

const root = process.cwd();
const N_PLUS_ONE = /n-plus-one$/;

export async function rows(): Promise<BenchRow[]> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'relation-lens-rivals-'));
  try {
    const { traces, flagged } = record(folder);
    const cases = [...lazyCases, ...loopCases, ...mappingCases, ...silentCases, ...wasteCases, ...writeCases].filter(
      ({ name, only }) => only === undefined && traces.has(name),
    );
    const judged = [
      ...rivals.map(({ name, rule, speaks }) => ({ what: `${name}: ${rule}`, speaks: (one: Case) => speaks(traces.get(one.name) ?? []) })),
      { what: 'Relation Lens', speaks: (one: Case) => flagged.has(one.name) },
    ];
    return judged.map(({ what, speaks }) => ({ what, measured: scoreOf(cases, speaks), reach: what === 'Relation Lens' ? '≥ 0.98 both' : '—' }));
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function scoreOf(cases: readonly Case[], speaks: (one: Case) => boolean): string {
  const positive = cases.filter(expectsNPlusOne);
  const negative = cases.filter((one) => !expectsNPlusOne(one));
  const found = positive.filter(speaks).length;
  const alarms = negative.filter(speaks).length;
  return `recall ${(found / positive.length).toFixed(2)} (${found} of ${positive.length}), precision ${(found / Math.max(1, found + alarms)).toFixed(2)} (${alarms} false alarms in ${negative.length} cases)`;
}

function expectsNPlusOne({ expected }: Case): boolean {
  return expected.some(({ kind, severity }) => N_PLUS_ONE.test(kind) && severity !== 'info');
}

interface Recorded {
  readonly traces: ReadonlyMap<string, readonly TracedQuery[]>;
  /** Cases in which this detector warns of an N+1. */
  readonly flagged: ReadonlySet<string>;
}

interface Report {
  readonly scopes: readonly { readonly id: number; readonly name: string }[];
  readonly findings: readonly { readonly kind: string; readonly severity: string; readonly scope: number }[];
}

function record(folder: string): Recorded {
  const app = path.join(folder, 'app.cjs');
  buildSync({
    entryPoints: [path.join(root, 'test/scenarios/programs/app.ts')],
    outfile: app,
    bundle: true,
    platform: 'node',
    sourcemap: true,
    packages: 'external',
  });
  const [recording, report] = ['run.ndjson', 'report.json'].map((name) => path.join(folder, name)) as [string, string];
  const options = ['profile', '--watch-reads', '--recording', recording, '--format', 'json', '--out', report, '--', process.execPath, app];
  const { SCENARIOS_POSTGRES: _, ...env } = process.env;
  const { status, stderr } = spawnSync(process.execPath, [path.join(root, 'dist/cli.js'), ...options], {
    cwd: root,
    env: { ...env, NODE_PATH: path.join(root, 'node_modules') },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`the scenarios did not run: ${stderr}`);
  const { scopes, findings } = JSON.parse(fs.readFileSync(report, 'utf8')) as Report;
  const warned = new Set(findings.filter(({ kind, severity }) => severity === 'warning' && N_PLUS_ONE.test(kind)).map(({ scope }) => scope));
  const flagged = scopes.filter(({ id }) => warned.has(id)).map(({ name }) => name);
  return { traces: readTraces(recording), flagged: new Set(flagged) };
}

/** The queries of each scope; of several of one name the last. */
function readTraces(recording: string): ReadonlyMap<string, readonly TracedQuery[]> {
  const events = fs
    .readFileSync(recording, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as ProbeEvent & { readonly p?: number });
  const texts = new Map(events.flatMap((event) => (event.e === 'sql' ? [[`${event.p} ${event.id}`, event.text] as const] : [])));
  const stacks = new Map(events.flatMap((event) => (event.e === 'site' ? [[`${event.p} ${event.id}`, JSON.stringify(event.frames)] as const] : [])));
  const traces = new Map<string, TracedQuery[]>();
  const byScope = new Map<string, { readonly queries: TracedQuery[]; isOpen: boolean }>();
  for (const event of events) {
    if (event.e === 'scope') {
      const trace = { queries: [], isOpen: false };
      byScope.set(`${event.p} ${event.id}`, trace);
      traces.set(event.name, trace.queries);
    } else if (event.e === 'query') {
      const trace = byScope.get(`${event.p} ${event.scope}`);
      const text = typeof event.sql === 'number' ? (texts.get(`${event.p} ${event.sql}`) ?? '') : event.sql;
      const query = traced(event, text, stacks.get(`${event.p} ${event.site}`) ?? '', trace?.isOpen ?? false);
      if (trace === undefined) continue;
      if (query.kind === 'transaction') trace.isOpen = /^\s*(BEGIN|START|SAVEPOINT)/i.test(text);
      else trace.queries.push(query);
    }
  }
  return traces;
}

function traced({ params, t, ms }: QueryEvent, text: string, stack: string, inTransaction: boolean): TracedQuery {
  const { shape, kind } = fingerprint(text, dialectOf('better-sqlite3'));
  return { shape, kind, values: `${text} ${JSON.stringify(params ?? [])}`, stack, startMs: t, endMs: t + ms, inTransaction };
}
