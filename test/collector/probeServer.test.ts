import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { openProbeServer, type ProbeListener } from '../../src/collector/probeServer';
import { PROBE_PROTOCOL } from '../../src/protocol/probe';

const EVENTS = 500;

/** Connects, says all it has to say at once, and is gone. */
const probe = `
const [socketPath, hello, count] = process.argv.slice(1);
const socket = require('node:net').connect(socketPath);
socket.write(hello + '\\n' + Array.from({ length: Number(count) }, (_, id) => JSON.stringify({ e: 'sql', id, sql: 'SELECT ' + id }) + '\\n').join(''), () => process.exit());
`;

it('waits for what a process has said that ended before it was let in, without any time to wait', async () => {
  const heard: string[] = [];
  let gone = 0;
  const listener: ProbeListener = {
    connected: () => undefined,
    event: (_, { e }) => void heard.push(e),
    disconnected: () => void gone++,
    refused: () => undefined,
  };
  const server = await openProbeServer(listener);
  try {
    const hello = JSON.stringify({ e: 'hello', protocol: PROBE_PROTOCOL, token: server.token, pid: 1, cwd: '/app' });
    // Our event loop does not turn meanwhile.
    const { status } = spawnSync(process.execPath, ['-e', probe, server.socketPath, hello, String(EVENTS)]);
    expect(status).toBe(0);
    await server.drained(0);
    expect({ heard: heard.filter((kind) => kind === 'sql').length, gone }).toEqual({ heard: EVENTS, gone: 1 });
  } finally {
    await server.close();
  }
});
