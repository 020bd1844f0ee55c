/** Whether, where and with what a recorded request is asked again. Knows no vscode. */
import type { ScopeSummary } from '../../protocol/collector';
import type { StoredRun } from './profileStore';

export interface Question {
  readonly kind: 'ask';
  readonly url: string;
  readonly method: string;
  /** As the profiler names it: `GET /authors/:id`. */
  readonly name: string;
  /** Headers as they were sent. */
  readonly headers: Readonly<Record<string, string>>;
  /** Names of headers that were sent as well, whose values are not recorded. */
  readonly withheld: readonly string[];
  /** Anything but a read is only sent when the user says so. */
  readonly mayWrite: boolean;
}

export interface Refusal {
  readonly kind: 'refused';
  readonly reason: string;
  /** For the user to send it: a command line with blanks for what is not recorded. */
  readonly curl: string | null;
}

const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** The app may have been started anew since, at another port: the newest run that answered requests says where. */
export function questionOf(runs: readonly StoredRun[], runId: string, scopeId: number): Question | Refusal {
  const scope = runs.find(({ info }) => info.id === runId)?.scopes.get(scopeId);
  if (!scope || scope.kind !== 'http' || scope.path === null) return refuse('This is no request that could be asked again.');
  const origins = runs.flatMap(({ scopes }) => [...scopes.values()].flatMap(({ origin }) => origin ?? []));
  const origin = origins.at(-1);
  if (!origin || !isLocal(origin)) return refuse('Where the app answers is not known; ask it yourself.');
  const [method = ''] = scope.name.split(' ');
  const { headers = {}, withheld = [], hasBody = false } = scope.request ?? {};
  const question: Question = {
    kind: 'ask',
    url: `${origin}${scope.path}`,
    method,
    name: scope.name,
    headers,
    withheld,
    mayWrite: !READS.has(method),
  };
  if (hasBody)
    return refuse(`${scope.name} was sent with a body, which is not recorded. Send it yourself, from where you sent it before.`, toCurl(question));
  return question;
}

/** The latest request of a name that can be asked again, in any run. */
export function latestRequest(runs: readonly StoredRun[], name: string): { readonly runId: string; readonly scope: number } | null {
  for (const run of [...runs].reverse()) {
    const scope = [...run.scopes.values()].findLast((candidate) => candidate.name === name && !candidate.live);
    if (scope && questionOf(runs, run.info.id, scope.id).kind === 'ask') return { runId: run.info.id, scope: scope.id };
  }
  return null;
}

/** The request that has come of a question: it was not there before, and has ended. */
export function answerAmong(scopes: Iterable<ScopeSummary>, { name, url }: Question, known: ReadonlySet<string>): ScopeSummary | undefined {
  return [...scopes].find(
    (scope) => !known.has(keyOf(scope)) && !scope.live && scope.name === name && scope.path !== null && url.endsWith(scope.path),
  );
}

/** Names a request over all runs. */
export function keyOf({ runId, id }: ScopeSummary): string {
  return `${runId}/${id}`;
}

function refuse(reason: string, curl: string | null = null): Refusal {
  return { kind: 'refused', reason, curl };
}

function toCurl({ method, url, headers, withheld }: Question): string {
  const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
  const all = [...Object.entries(headers), ...withheld.map((name) => [name, '…'] as const)];
  return ['curl', '-X', method, quoted(url), ...all.flatMap(([name, value]) => ['-H', quoted(`${name}: ${value}`)]), '--data', quoted('…')].join(' ');
}

/** Only this machine is asked: a recording may tell of another one's addresses. */
function isLocal(origin: string): boolean {
  return /^https?:\/\/(127\.\d+\.\d+\.\d+|\[::1\]|localhost)(:\d+)?$/.test(origin);
}
