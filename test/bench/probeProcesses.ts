/**
 * Ways of watching an app, compared in turns: a process for each, all of them warmed up, run block after block, one at a time, in an order that
 * changes from round to round. Whatever else the machine does meanwhile meets neighbouring blocks alike, so that the differences within a
 * round can be trusted where the times themselves cannot.
 */
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import path from 'node:path';
import readline from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { median, percentile } from './statistics';

export interface Way<Name extends string> {
  readonly name: Name;
  readonly env: Readonly<Record<string, string>>;
  readonly args: readonly string[];
  /** Path of the Node.js that runs it; the one that runs the bench where absent. */
  readonly node?: string;
}

export interface Plan {
  /** What one pass of the workload does (probeWorkload.cjs). */
  readonly kind: string;
  /** Queries in a block. */
  readonly block: number;
  readonly rounds: number;
  readonly env?: Readonly<Record<string, string>>;
}

/** Microseconds of one query. */
export interface Cost {
  readonly processor: number;
  readonly elapsed: number;
}

/** By way, a cost for each round. */
export type Rounds<Name extends string> = Readonly<Record<Name, readonly Cost[]>>;

const WARM_UP_BLOCKS = 4;

export async function measureInTurns<Name extends string>({ kind, block, rounds, env }: Plan, ways: readonly Way<Name>[]): Promise<Rounds<Name>> {
  const apps = ways.map((way) => ({ name: way.name, app: new App(kind, way, env ?? {}), costs: [] as Cost[] }));
  try {
    for (const { app } of apps) for (let at = 0; at < WARM_UP_BLOCKS; at++) await app.run(block);
    for (let round = 0; round < rounds; round++) {
      const first = round % apps.length;
      const order = [...apps.slice(first), ...apps.slice(0, first)];
      // Forth and back: no way always runs behind the same other.
      for (const { app, costs } of round % 2 === 0 ? order : order.reverse()) costs.push(await app.run(block));
    }
    return Object.fromEntries(apps.map(({ name, costs }) => [name, costs])) as unknown as Rounds<Name>;
  } finally {
    await Promise.all(apps.map(({ app }) => app.end()));
  }
}

export interface Difference {
  /** Microseconds that one query took in the middle round without what is compared. */
  readonly before: number;
  /** Microseconds more, within a round: the median over all rounds. */
  readonly more: number;
  /** Half of the rounds' differences lie between these. */
  readonly from: number;
  readonly to: number;
}

/** What `way` takes more than `bare`, round by round. */
export function differenceOf(way: readonly Cost[], bare: readonly Cost[], of: keyof Cost): Difference {
  const more = way.map((cost, round) => cost[of] - (bare[round]?.[of] ?? NaN));
  return { before: median(bare.map((cost) => cost[of])), more: median(more), from: percentile(more, 25), to: percentile(more, 75) };
}

class App {
  private readonly child: ChildProcessByStdio<Writable, Readable, null>;
  private readonly answers: AsyncIterator<string>;
  private readonly ended: Promise<unknown>;

  constructor(kind: string, { env, args, node = process.execPath }: Way<string>, more: Readonly<Record<string, string>>) {
    this.child = spawn(node, [path.join(process.cwd(), 'test/bench/probeWorkload.cjs'), kind, ...args], {
      env: { ...process.env, ...more, ...env },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.answers = readline.createInterface({ input: this.child.stdout })[Symbol.asyncIterator]();
    this.ended = new Promise((resolve) => this.child.once('close', resolve));
  }

  async run(queries: number): Promise<Cost> {
    this.child.stdin.write(`${queries}\n`);
    const { value, done } = await this.answers.next();
    if (done) throw new Error('The workload ended before its time.');
    return JSON.parse(value) as Cost;
  }

  async end(): Promise<void> {
    this.child.stdin.end();
    await this.ended;
  }
}
