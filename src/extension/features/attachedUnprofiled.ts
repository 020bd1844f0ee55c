/** An app that was attached to without the profiler in it asks its queries unseen: the user is told why, and what to do. */
import { existsSync } from 'node:fs';
import * as vscode from 'vscode';
import { DEBUG_TYPE } from '../../protocol/debug';
import { PROBE_SOCKET_ENV } from '../../protocol/probe';
import { COMMANDS } from '../contributions';

/** Where the app was told that a collector listens. Reads a property, and has no effect. */
const SOCKET = `process.env[${JSON.stringify(PROBE_SOCKET_ENV)}] ?? 'none'`;
const COPY = 'Copy Environment';

export function warnOfUnprofiledAttach(): vscode.Disposable {
  /** Attached sessions whose app has answered. */
  const known = new WeakSet<vscode.DebugSession>();
  return vscode.debug.onDidStartDebugSession((session) => {
    const attached = attachedSessionOf(session);
    if (attached && attached !== session) void ask(session, attached, known);
  });
}

/** The `typeorm` session that a session of the JavaScript debugger attaches for. */
function attachedSessionOf(session: vscode.DebugSession): vscode.DebugSession | undefined {
  const { type, configuration, parentSession } = session;
  if (type !== DEBUG_TYPE) return parentSession && attachedSessionOf(parentSession);
  return configuration.request === 'attach' && configuration['profile'] !== false ? session : undefined;
}

async function ask(session: vscode.DebugSession, attached: vscode.DebugSession, known: WeakSet<vscode.DebugSession>): Promise<void> {
  const socket = await socketOf(session);
  if (socket === null || known.has(attached)) return;
  known.add(attached);
  const reason = whyUnprofiled(socket);
  if (reason === null) return;
  const words = `“${attached.name}” is debugged, but its queries are not seen: ${reason} Start it with the environment that “${COPY}” gives, put before its command.`;
  if ((await vscode.window.showWarningMessage(words, COPY)) === COPY) await vscode.commands.executeCommand(COMMANDS.copyProfilerEnvironment);
}

/** Of the app; null where this session is none of a thread that can be asked. */
async function socketOf(session: vscode.DebugSession): Promise<string | null> {
  try {
    const { result } = (await session.customRequest('evaluate', { expression: SOCKET })) as { result?: string };
    return /^(['"])(.*)\1$/.exec(result ?? '')?.[2] ?? null;
  } catch {
    return null;
  }
}

function whyUnprofiled(socket: string): string | null {
  if (socket === 'none') return 'it was started without the query profiler.';
  // A pipe of Windows is no file.
  return process.platform === 'win32' || existsSync(socket) ? null : 'it was started with the environment of a window that is closed.';
}
