/** The language server knows the same findings as the extension, though it is told what changed alone. */
import { expect, test } from 'vitest';
import type { Finding, ScopeFindings } from '../../../src/protocol/collector';
import { FindingsToSend } from '../../../src/extension/profile/findingsToSend';
import { ProfileStore } from '../../../src/extension/profile/profileStore';
import { ReceivedFindings } from '../../../src/server/receivedFindings';
import { aFinding } from '../builders/findingBuilder';

/** A store, what is sent of its latest run, and a server that puts it together. */
function aWindow() {
  const store = new ProfileStore();
  const toSend = new FindingsToSend();
  let server = new ReceivedFindings();
  store.onDidChange((change) => toSend.note(change));
  store.onDidReset(() => toSend.startAnew());
  let run = { id: 'a', name: 'Shop', startedAtMs: 0, state: 'ended', pids: [], typeormVersions: [], drivers: [], message: null } as const;
  const scope = (id: number) => ({ id, runId: run.id, kind: 'http', name: 'GET /' }) as never;
  return {
    store,
    find: (findings: readonly ScopeFindings[]) =>
      store.apply(
        { run, scopes: findings.map((each) => scope(each.scope)), findings, dropped: 0 },
        { request: () => Promise.resolve(null as never) },
      ),
    startRun: (id: string) => void (run = { ...run, id: id as 'a' }),
    restartServer: () => {
      server = new ReceivedFindings();
      toSend.startAnew();
    },
    /** @returns what the server then knows, and how many findings it was sent for that */
    send(): { readonly known: readonly number[]; readonly sent: number } {
      const { changedFindings = [], ...all } = toSend.take(store.latest);
      const sent = (all.findings ?? []).length + changedFindings.flatMap(({ findings }) => findings).length;
      return { known: server.take(all, changedFindings).map(({ id }) => id), sent };
    },
  };
}

const found = (scope: number, ...ids: readonly number[]): ScopeFindings => ({ scope, findings: ids.map((id): Finding => aFinding({ id, scope })) });

test('all of a run are sent once, then what changes', () => {
  const { find, send } = aWindow();
  expect(send()).toEqual({ known: [], sent: 0 });
  find([found(1, 11, 12), found(2, 21)]);
  expect(send()).toEqual({ known: [11, 12, 21], sent: 3 });
  find([found(3, 31)]);
  find([found(2, 22, 23)]);
  expect(send()).toEqual({ known: [11, 12, 22, 23, 31], sent: 3 });
  find([found(1)]);
  expect(send()).toEqual({ known: [22, 23, 31], sent: 0 });
  expect(send()).toEqual({ known: [22, 23, 31], sent: 0 });
});

test('a server that was started anew, or a run that is new, is told all of it', () => {
  const { store, find, send, restartServer, startRun } = aWindow();
  find([found(1, 11), found(2, 21)]);
  send();
  restartServer();
  find([found(2, 22)]);
  expect(send()).toEqual({ known: [11, 22], sent: 2 });
  startRun('b');
  find([found(1, 12)]);
  expect(send()).toEqual({ known: [12], sent: 1 });
  store.clear();
  expect(send()).toEqual({ known: [], sent: 0 });
  find([found(1, 13)]);
  expect(send()).toEqual({ known: [13], sent: 1 });
});
