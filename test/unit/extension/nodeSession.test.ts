import { describe, expect, it } from 'vitest';
import { isNodeSession } from '../../../src/extension/profile/nodeSession';

describe('a debug session', () => {
  it.each(['node', 'pwa-node', 'node-terminal', 'typeorm'])('of type %s runs a Node.js app', (type) => {
    expect(isNodeSession({ type })).toBe(true);
  });

  it('runs one where it belongs to one that does, whatever its own type', () => {
    expect(isNodeSession({ type: 'company-node', parentSession: { type: 'typeorm' } })).toBe(true);
  });

  it('of another language runs none', () => {
    expect(isNodeSession({ type: 'debugpy' })).toBe(false);
    expect(isNodeSession({ type: 'debugpy', parentSession: { type: 'go' } })).toBe(false);
  });
});
