import { spawnSync } from 'node:child_process';
import net from 'node:net';
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

/** A server that notes what it hears, and a socket that has said hello to it. */
async function connectedServer(heard: Heard[]) {
  const note = (text: string): void => void heard.push({ text, at: performance.now() });
  const server = await openProbeServer({
    connected: () => note('hello'),
    event: (_, event) => event.e === 'notice' && note(event.message),
    disconnected: () => note('gone'),
    refused: (reason) => note(reason),
  });
  const socket = net.connect(server.socketPath);
  socket.write(`${JSON.stringify({ e: 'hello', protocol: PROBE_PROTOCOL, token: server.token, pid: 1, cwd: '/app' })}\n`);
  await expect.poll(() => heard.length).toBe(1);
  const say = (message: string): void => void socket.write(`${JSON.stringify({ e: 'notice', message })}\n`);
  return { server, socket, say };
}

interface Heard {
  readonly text: string;
  readonly at: number;
}

it.skipIf(process.platform === 'win32')('is not woken at once for what follows closely', async () => {
  const heard: Heard[] = [];
  const { server, say } = await connectedServer(heard);
  try {
    await new Promise((resolve) => setTimeout(resolve, 100));
    say('first');
    await expect.poll(() => heard.length, { interval: 1 }).toBe(2);
    say('second');
    await expect.poll(() => heard.length, { interval: 1 }).toBe(3);
    const [, first, second] = heard;
    expect([first?.text, second?.text]).toEqual(['first', 'second']);
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThan(20);
  } finally {
    await server.close();
  }
});

it('hears all of a process that ends while it is left alone, also with no time to wait', async () => {
  const heard: Heard[] = [];
  const { server, socket, say } = await connectedServer(heard);
  try {
    for (let at = 0; at < 20; at++) say(`line ${at}`);
    await new Promise<void>((resolve) => socket.end(resolve));
    await server.drained(0);
    expect(heard.map(({ text }) => text)).toEqual(['hello', ...Array.from({ length: 20 }, (_, at) => `line ${at}`), 'gone']);
  } finally {
    await server.close();
  }
});
