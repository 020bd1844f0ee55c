/** Whether an app of this machine waits for a debugger at a port: asked before the debugger is started, which says less when it fails. */
import http from 'node:http';

/** `nobody` listens there, or what listens is no inspector (`other`). */
export type PortAnswer = 'inspector' | 'nobody' | 'other';

const ASK_AGAIN_MS = 200;
/** An inspector has a thread of its own and answers while its app is busy or stopped. */
const ANSWER_WITHIN_MS = 3_000;

/** Asks until somebody listens, for `patienceMs`: an app may be started right after its debugger. */
export async function askInspectorPort(address: string, port: number, patienceMs: number): Promise<PortAnswer> {
  const last = performance.now() + patienceMs;
  for (;;) {
    const answer = await askOnce(address, port);
    if (answer !== 'nobody' || performance.now() >= last) return answer;
    await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
  }
}

function askOnce(address: string, port: number): Promise<PortAnswer> {
  return new Promise((resolve) => {
    const request = http.get({ host: address, port, path: '/json/version', timeout: ANSWER_WITHIN_MS, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (text += chunk));
      response.on('end', () => resolve(text.includes('Protocol-Version') ? 'inspector' : 'other'));
      response.on('error', () => resolve('other'));
    });
    request.on('timeout', () => request.destroy(new Error('no answer')));
    request.on('error', ({ code }: NodeJS.ErrnoException) => resolve(code === 'ECONNREFUSED' ? 'nobody' : 'other'));
  });
}
