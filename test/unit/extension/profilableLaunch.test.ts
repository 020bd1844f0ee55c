import { describe, expect, it } from 'vitest';
import { RUN_PROPERTY, isProfilable, withProbe } from '../../../src/extension/profile/profilableLaunch';
import { CHILD_TYPE_PROPERTY } from '../../../src/protocol/debug';
import { PROBE_SOCKET_ENV } from '../../../src/protocol/probe';

const launch = { type: 'pwa-node', request: 'launch', name: 'App', program: '/app.js' };
const run = { runId: 'r1', preload: '/probe.js', env: { NODE_OPTIONS: '--require /probe.js', [PROBE_SOCKET_ENV]: '/tmp/s' } };

describe('isProfilable', () => {
  it.each([launch, { ...launch, type: 'node' }, { ...launch, type: 'node-terminal', command: 'npm start' }, { ...launch, env: { A: '1' } }])(
    'says yes to %o',
    (configuration) => {
      expect(isProfilable(configuration)).toBe(true);
    },
  );

  it.each([
    ['attaching', { ...launch, request: 'attach' }],
    ['a browser', { ...launch, type: 'pwa-chrome' }],
    ['another extension’s host', { ...launch, type: 'pwa-extensionHost' }],
    ['the app of a typeorm session', { ...launch, [CHILD_TYPE_PROPERTY]: 'pwa-node' }],
    ['a child process that the debugger attaches to', { ...launch, __pendingTargetId: '12' }],
    ['an app that has the probe already', { ...launch, env: { [PROBE_SOCKET_ENV]: '/tmp/other' } }],
  ])('says no to %s', (_case, configuration) => {
    expect(isProfilable(configuration)).toBe(false);
  });
});

describe('withProbe', () => {
  it('adds the probe and the run, and keeps the rest', () => {
    expect(withProbe({ ...launch, env: { A: '1' } }, {}, run)).toEqual({
      ...launch,
      env: { A: '1', ...run.env },
      skipFiles: ['/probe.js'],
      [RUN_PROPERTY]: 'r1',
    });
  });

  it('passes over the probe when stepping, besides what is passed over already', () => {
    expect(withProbe({ ...launch, skipFiles: ['**/lib/**'] }, {}, { ...run, preload: 'C:\\x\\probe.js' }).skipFiles).toEqual([
      '**/lib/**',
      'C:/x/probe.js',
    ]);
  });

  it('makes a configuration that is not profiled a second time', () => {
    expect(isProfilable(withProbe(launch, {}, run))).toBe(false);
  });

  it('keeps the NODE_OPTIONS that the editor was started with', () => {
    expect(withProbe({ ...launch, env: {} }, { NODE_OPTIONS: '--inspect' }, run).env).toMatchObject({
      NODE_OPTIONS: '--inspect --require /probe.js',
    });
  });
});
