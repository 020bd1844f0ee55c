import { describe, expect, it } from 'vitest';
import { forPowerShell, forShell } from '../../../src/extension/profile/shellEnvironment';

const env = { NODE_OPTIONS: '--require "/it\'s here/probe.js"', SOCKET: '/tmp/s' };

describe('environment as text', () => {
  it('stands before a command of a POSIX shell', () => {
    expect(`${forShell(env)}npm start`).toBe(`NODE_OPTIONS='--require "/it'\\''s here/probe.js"' SOCKET='/tmp/s' npm start`);
  });

  it('stands before a command of PowerShell', () => {
    expect(`${forPowerShell(env)}npm start`).toBe(`$env:NODE_OPTIONS='--require "/it''s here/probe.js"'; $env:SOCKET='/tmp/s'; npm start`);
  });
});
