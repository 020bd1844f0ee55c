/** Where a recorded request is asked again. Knows no vscode. */
import type { StoredRun } from './profileStore';

export type RerunAddress =
  { readonly kind: 'ask'; readonly url: string; readonly name: string } | { readonly kind: 'refused'; readonly reason: string };

/**
 * The app may have been started anew since, at another port: the newest run that answered requests says where. Anything but GET and HEAD may
 * write, and what was sent with it is not recorded, so it is not repeated.
 */
export function addressToAsk(runs: readonly StoredRun[], runId: string, scopeId: number): RerunAddress {
  const scope = runs.find(({ info }) => info.id === runId)?.scopes.get(scopeId);
  if (!scope || scope.kind !== 'http' || scope.path === null) return { kind: 'refused', reason: 'This is no request that could be asked again.' };
  const [method = ''] = scope.name.split(' ');
  if (method !== 'GET' && method !== 'HEAD')
    return { kind: 'refused', reason: `${scope.name} may write, and its body is not recorded. Send it yourself, from where you sent it before.` };
  const origins = runs.flatMap(({ scopes }) => [...scopes.values()].flatMap(({ origin }) => origin ?? []));
  const origin = origins.at(-1);
  if (!origin || !isLocal(origin)) return { kind: 'refused', reason: 'Where the app answers is not known; ask it yourself.' };
  return { kind: 'ask', url: `${origin}${scope.path}`, name: scope.name };
}

/** Only this machine is asked: a recording may tell of another one's addresses. */
function isLocal(origin: string): boolean {
  return /^https?:\/\/(127\.\d+\.\d+\.\d+|\[::1\]|localhost)(:\d+)?$/.test(origin);
}
