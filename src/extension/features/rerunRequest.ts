/**
 * “Run again”: asks the running app what a recorded request asked, and shows what came of it. A read is simply asked. A write is asked once the user says
 * so. Headers that say who asks are not recorded: the user may enter them, which keeps them in this window's memory, or do without.
 */
import { connect } from 'node:net';
import * as vscode from 'vscode';
import type { ProfileStore } from '../profile/profileStore';
import { answerAmong, keyOf, questionOf, type Question, type Refusal } from '../profile/rerun';

const ANSWER_TIMEOUT_MS = 30_000;
/** The profile of a request comes a little after its answer. */
const PROFILE_TIMEOUT_MS = 5_000;
const START_TIMEOUT_MS = 120_000;
const ASK_EVERY_MS = 200;

/** A request, as the panel selects it. */
export interface RequestPlace {
  readonly runId: string;
  readonly scope: number;
}

/** Values that the user has entered in this window, by origin and header; they are written nowhere. */
const entered = new Map<string, string>();

/** Gives the request that has come of it; null where none did. */
export async function rerunRequest(profiles: ProfileStore, { runId, scope }: RequestPlace): Promise<RequestPlace | null> {
  const question = questionOf(profiles.runs, runId, scope);
  if (question.kind === 'refused') return refuse(question);
  const headers = await allowedHeaders(question);
  return headers && send(profiles, question, headers);
}

/** After an edit: starts the app anew, waits until it answers, and asks it again. */
export async function restartAndRerun(profiles: ProfileStore, place: RequestPlace): Promise<RequestPlace | null> {
  const question = questionOf(profiles.runs, place.runId, place.scope);
  if (question.kind === 'refused') return refuse(question);
  const headers = await allowedHeaders(question);
  if (!headers) return null;
  const runs = new Set(profiles.runs.map(({ info }) => info.id));
  const isThere = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: `Restarting the app, to run ${question.name} again`, cancellable: true },
    async (_progress, cancelled) => {
      await vscode.commands.executeCommand('workbench.action.debug.restart');
      const isNewRun = (): boolean => profiles.runs.some(({ info }) => !runs.has(info.id) && info.state === 'connected');
      return until(async () => isNewRun() && (await listens(question.url)), START_TIMEOUT_MS, cancelled);
    },
  );
  return isThere ? send(profiles, question, headers) : null;
}

async function send(profiles: ProfileStore, question: Question, headers: Readonly<Record<string, string>>): Promise<RequestPlace | null> {
  const known = new Set(profiles.runs.flatMap(({ scopes }) => [...scopes.values()].map(keyOf)));
  try {
    const { method, url } = question;
    const response = await fetch(url, { method, headers, signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS), redirect: 'manual' });
    await response.arrayBuffer();
    vscode.window.setStatusBarMessage(`$(check) ${question.name}: status ${response.status}`, 5000);
  } catch {
    void offerStart(question);
    return null;
  }
  const find = () =>
    answerAmong(
      profiles.runs.flatMap(({ scopes }) => [...scopes.values()]),
      question,
      known,
    );
  await until(async () => find() !== undefined, PROFILE_TIMEOUT_MS);
  const scope = find();
  return scope ? { runId: scope.runId, scope: scope.id } : null;
}

async function offerStart({ url }: Question): Promise<void> {
  const start = 'Start App';
  const choice = await vscode.window.showWarningMessage(`The app does not answer at ${url}. Start it again, then run the request.`, start);
  if (choice === start) await vscode.commands.executeCommand('workbench.action.debug.start');
}

/** What it is sent with; null where the user would rather not. */
async function allowedHeaders(question: Question): Promise<Readonly<Record<string, string>> | null> {
  if (question.mayWrite && !(await confirmWrite(question))) return null;
  const missing = question.withheld.filter((name) => !entered.has(enteredKey(question, name)));
  if (missing.length > 0 && !(await enterOrDoWithout(question, missing))) return null;
  const known = question.withheld.flatMap((name) => {
    const value = entered.get(enteredKey(question, name));
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...question.headers, ...Object.fromEntries(known) };
}

async function confirmWrite({ name, url }: Question): Promise<boolean> {
  const detail = `It goes to ${url}. What it did before, it may do a second time.`;
  return (await vscode.window.showWarningMessage(`${name} may write. Run it again?`, { modal: true, detail }, 'Run Again')) !== undefined;
}

/** False where the user cancels. */
async function enterOrDoWithout(question: Question, missing: readonly string[]): Promise<boolean> {
  const names = missing.join(', ');
  const detail = [
    'Such values are not recorded. One that you enter is sent to this app only, and forgotten when the window closes.',
    'Without them the app may answer otherwise: then the comparison with before says nothing about the edit.',
  ].join('\n\n');
  const choice = await vscode.window.showInformationMessage(
    `${question.name} was sent with ${names}.`,
    { modal: true, detail },
    'Enter…',
    'Send Without',
  );
  if (choice !== 'Enter…') return choice !== undefined;
  for (const name of missing) {
    const value = await vscode.window.showInputBox({
      title: `Run ${question.name} again`,
      prompt: `Value of the header ${name}`,
      password: true,
      ignoreFocusOut: true,
    });
    if (value === undefined) return false;
    if (value !== '') entered.set(enteredKey(question, name), value);
  }
  return true;
}

function enteredKey({ url }: Question, header: string): string {
  return `${new URL(url).origin} ${header}`;
}

async function refuse({ reason, curl }: Refusal): Promise<null> {
  const copy = 'Copy as cURL';
  const choice = await vscode.window.showInformationMessage(reason, ...(curl === null ? [] : [copy]));
  if (choice === copy && curl !== null) await vscode.env.clipboard.writeText(curl);
  return null;
}

/** A bare connection, for a request would be recorded. */
function listens(url: string): Promise<boolean> {
  const { hostname, port, protocol } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect(Number(port || (protocol === 'https:' ? 443 : 80)), hostname.replace(/^\[|\]$/g, ''));
    const answer = (isThere: boolean) => {
      socket.destroy();
      resolve(isThere);
    };
    socket.once('connect', () => answer(true)).once('error', () => answer(false));
  });
}

/** False where it took too long, or was cancelled. */
async function until(isSo: () => Promise<boolean>, timeoutMs: number, cancelled?: vscode.CancellationToken): Promise<boolean> {
  const endsAt = Date.now() + timeoutMs;
  while (Date.now() < endsAt && cancelled?.isCancellationRequested !== true) {
    if (await isSo()) return true;
    await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
  }
  return false;
}
