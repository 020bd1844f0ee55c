/** Asks the extension host itself how long it was held up, by a small extension beside ours (test/vscode/hostDelay). */
import path from 'node:path';
import { createVSIX } from '@vscode/vsce';
import { freePort } from '../session';

export interface HostDelay {
  /** To install, with these settings. */
  readonly vsix: string;
  readonly settings: Readonly<Record<string, unknown>>;
  /** What was measured since the last question. */
  take(): Promise<{ readonly holds: readonly Hold[]; readonly p99Ms: number }>;
}

/** More than 50 ms in which the event loop did not turn. */
interface Hold {
  readonly ms: number;
  /** Processor time that the extension host took meanwhile. */
  readonly busyMs: number;
}

export async function openHostDelay(): Promise<HostDelay> {
  const port = await freePort();
  const vsix = path.resolve('.vscode-test/host-delay.vsix');
  await createVSIX({
    cwd: path.resolve('test/vscode/hostDelay'),
    packagePath: vsix,
    dependencies: false,
    allowMissingRepository: true,
    skipLicense: true,
  });
  return {
    vsix,
    settings: { 'hostDelay.port': port },
    take: async () => (await fetch(`http://127.0.0.1:${port}/`)).json() as ReturnType<HostDelay['take']>,
  };
}
