import { describe, expect, it } from 'vitest';
import type { TypeormArguments } from '../../../src/debug/childConfiguration';
import { parseEnvFile } from '../../../src/debug/envFile';
import type { PortAnswer } from '../../../src/debug/inspectorPort';
import { LaunchFailure } from '../../../src/debug/launchErrors';
import { DebugRuntime, type RunCollector, type RuntimeHost } from '../../../src/debug/runtime';
import type { ProcessIds, ProfileUpdate } from '../../../src/protocol/collector';
import { CHILD_TYPE_PROPERTY } from '../../../src/protocol/debug';

const launch: TypeormArguments = { name: 'Shop', program: '/shop/main.js', cwd: '/shop' };

describe('DebugRuntime', () => {
  it('passes the configuration to the child, without what is the parent’s alone', async () => {
    const { runtime } = aRuntime();
    const { configuration } = await runtime.prepareLaunch({
      ...launch,
      type: 'typeorm',
      request: 'launch',
      childType: 'my-node',
      preLaunchTask: 'build',
      __sessionId: 'x',
      args: ['-v'],
      noDebug: true,
    });
    expect(configuration).toEqual({
      name: 'Shop (app)',
      program: '/shop/main.js',
      cwd: '/shop',
      args: ['-v'],
      noDebug: true,
      [CHILD_TYPE_PROPERTY]: 'my-node',
      env: { NODE_OPTIONS: '--require /probe.js', SOCKET: 's1' },
      skipFiles: ['<node_internals>/**', '/probe.js'],
    });
  });

  it('keeps the skipped files of the configuration', async () => {
    const { runtime } = aRuntime();
    const { configuration } = await runtime.prepareLaunch({ ...launch, skipFiles: ['**/lib/**', '/probe.js'] });
    expect(configuration['skipFiles']).toEqual(['**/lib/**', '/probe.js']);
  });

  it.each([
    ['the editor’s environment', {}, '--inspect --require /probe.js'],
    ['the envFile before it', { envFile: '/shop/.env' }, '-r tsx --require /probe.js'],
    ['env before both', { envFile: '/shop/.env', env: { NODE_OPTIONS: '-r x' } }, '-r x --require /probe.js'],
    ['an envFile that is not there', { envFile: '/shop/.nothing' }, '--inspect --require /probe.js'],
  ])('appends to the NODE_OPTIONS of %s', async (_case, more, expected) => {
    const { runtime } = aRuntime({ env: { NODE_OPTIONS: '--inspect' } });
    const { configuration } = await runtime.prepareLaunch({ ...launch, ...more });
    expect(configuration['env']).toMatchObject({ NODE_OPTIONS: expected });
  });

  it('lets the app run unprofiled where the collector cannot start, and says why', async () => {
    const { runtime } = aRuntime({}, new Error('no room for a socket'));
    expect(await runtime.prepareLaunch({ ...launch, env: { A: '1' } })).toEqual({
      configuration: { ...launch, name: 'Shop (app)', env: { A: '1' }, [CHILD_TYPE_PROPERTY]: 'pwa-node' },
      unprofiled: 'no room for a socket',
    });
  });

  it('ends the run before it starts the next', async () => {
    const { runtime, asked } = aRuntime();
    await runtime.prepareLaunch(launch);
    await runtime.prepareLaunch(launch);
    await runtime.endRun();
    await runtime.endRun();
    expect(asked).toEqual(['startRun', 'endRun r1', 'startRun', 'endRun r2']);
  });

  it('asks the run’s processes to end, also those of an app that was started again', async () => {
    const { runtime, update, ended } = aRuntime();
    await runtime.prepareLaunch(launch);
    update('other', [1]);
    runtime.terminateApp();
    update('r1', [2]);
    update('r1.2', [3, 4]);
    runtime.terminateApp();
    expect(ended).toEqual([3, 4]);
  });

  it.each([
    ['nothing of an app that has said goodbye', [1], [], null],
    ['of the app that it had no time to', [1, 2], [{ pid: 1, ppid: 7 }], { kind: 'cutShort', pid: 1 }],
    ['nothing of a process that the app has killed', [1, 2], [{ pid: 2, ppid: 1 }], null],
    ['of an app that never said a word that it did not', [], [], { kind: 'unheard' }],
  ])('tells %s', async (_case, pids, cutShort, expected) => {
    const { runtime, update } = aRuntime();
    expect(runtime.howItEnded).toBeNull();
    await runtime.prepareLaunch(launch);
    update('r1', pids);
    update('r1', pids, cutShort);
    await runtime.endRun();
    expect(runtime.howItEnded).toEqual(expected);
  });

  it.each([
    ['a file', '/shop/main.js'],
    ['a file without its ending', '/shop/main'],
    ['a folder', '/shop'],
    ['a file of the working folder', 'main.js'],
    ['no file, but a program that finds one', undefined],
  ])('runs %s', async (_case, program) => {
    const { runtime } = aRuntime();
    const { unprofiled } = await runtime.prepareLaunch({ name: 'Shop', cwd: '/shop', ...(program ? { program } : { runtimeExecutable: 'npm' }) });
    expect(unprofiled).toBeNull();
  });

  it.each([
    [{ program: '/shop/other.js' }, 3002],
    [{ program: 'main.js', cwd: '/shap' }, 3003],
    [{ cwd: '/shop' }, 3001],
  ])('refuses %o', async (configuration, code) => {
    const { runtime, asked } = aRuntime();
    const failure = await runtime.prepareLaunch(configuration).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(LaunchFailure);
    expect((failure as LaunchFailure).problem.code).toBe(code);
    expect(asked).toEqual([]);
  });
});

describe('DebugRuntime, attaching', () => {
  const asking = (answer: PortAnswer) => {
    const asked: unknown[] = [];
    const { runtime } = aRuntime({ askInspectorPort: async (...what) => (asked.push(what), Promise.resolve(answer)) });
    return { runtime, asked };
  };

  it.each([
    [{ port: 9230 }, ['127.0.0.1', 9230, 10_000]],
    [{ port: '9230', timeout: 0 }, ['127.0.0.1', 9230, 0]],
    [{ address: 'localhost' }, ['localhost', 9229, 10_000]],
  ])('asks first whether an app waits where %o says', async (where, expected) => {
    const { runtime, asked } = asking('inspector');
    expect(await runtime.prepareAttach({ name: 'Shop', ...where })).toMatchObject({ name: 'Shop (app)', ...where });
    expect(asked).toEqual([expected]);
  });

  it.each([{ address: 'shop.local', port: 9230 }, { websocketAddress: 'ws://127.0.0.1:1/x' }, { processId: '42' }])(
    'leaves %o to the debugger',
    async (where) => {
      const { runtime, asked } = asking('nobody');
      expect(await runtime.prepareAttach({ name: 'Shop', ...where })).toMatchObject(where);
      expect(asked).toEqual([]);
    },
  );

  it.each([
    ['nobody', 3008, /nobody listens at 127\.0\.0\.1:9230.*--inspect.*"port".*“Shop”/],
    ['other', 3009, /127\.0\.0\.1:9230 is no Node\.js inspector.*"port".*“Shop”/],
  ] as const)('refuses where there is %s, naming what was tried and what to do', async (answer, code, message) => {
    const failure = await asking(answer)
      .runtime.prepareAttach({ name: 'Shop', port: 9230 })
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(LaunchFailure);
    expect((failure as LaunchFailure).problem).toEqual({ code, message: expect.stringMatching(message) as string });
  });
});

describe('parseEnvFile', () => {
  it('reads names and values as the JavaScript debugger does', () => {
    expect(parseEnvFile('\uFEFFA=1\n  B = two words  \n# C=3\nD="quoted"\r\nE=\nnot a line\nF.g-h=\'x=y\'')).toEqual({
      A: '1',
      B: 'two words',
      D: 'quoted',
      E: '',
      'F.g-h': 'x=y',
    });
  });
});

function aRuntime(host: Partial<RuntimeHost> = {}, failure?: Error) {
  const asked: string[] = [];
  const ended: number[] = [];
  let runs = 0;
  let listener: (update: ProfileUpdate) => void = () => undefined;
  const answers = (method: string, params: object): unknown => {
    if (method !== 'startRun') return null;
    if (failure) throw failure;
    void params;
    return { runId: `r${++runs}`, env: { NODE_OPTIONS: '--require /probe.js', SOCKET: `s${runs}` }, preload: '/probe.js' };
  };
  const collector: RunCollector = {
    request: async (method, params) => {
      asked.push('runId' in params ? `${method} ${params.runId}` : method);
      return Promise.resolve().then(() => answers(method, params)) as never;
    },
    onUpdate: (heard) => void (listener = heard),
    dispose: () => Promise.resolve(),
  };
  const runtime = new DebugRuntime(
    collector,
    {
      probeFile: '/ext/dist/probe.js',
      isFile: (file) => ['/shop/main.js', '/shop/.env'].includes(file),
      isFolder: (folder) => folder === '/shop',
      readText: () => 'NODE_OPTIONS=-r tsx',
      env: {},
      askInspectorPort: () => Promise.resolve('inspector'),
      terminate: (pid) => void ended.push(pid),
      editorPid: 7,
      ...host,
    },
    () => undefined,
  );
  const update = (id: string, pids: readonly number[], cutShort: readonly ProcessIds[] = []) =>
    listener({
      run: { id, name: 'Shop', startedAtMs: 0, state: 'connected', pids, typeormVersions: [], drivers: [], message: null },
      scopes: [],
      dropped: 0,
      cutShort,
    });
  return { runtime, asked, ended, update };
}
