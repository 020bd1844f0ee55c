/** A run's updates reach the panel by the shorter way where there is one, and by one of the two in any case. */
import { describe, expect, it } from 'vitest';
import { PassingUpdates } from '../../../src/extension/profile/passingUpdates';
import { PROFILE_EVENT } from '../../../src/protocol/debug';

const update = { scopes: [], dropped: 0 };
const message = (overrides: object = {}) => ({ seq: 7, type: 'event', event: PROFILE_EVENT, body: { ...update }, ...overrides });

describe('an update', () => {
  it('is taken out of its message, whose event then has none', () => {
    const updates = new PassingUpdates();
    const passing = message();
    expect(updates.take('session', passing)).toEqual(update);
    expect(JSON.parse(JSON.stringify(passing))).toEqual({ seq: 7, type: 'event', event: PROFILE_EVENT });
    expect(updates.late('session', undefined)).toBeNull();
  });

  it('is told once where the editor hands out copies of messages', () => {
    const updates = new PassingUpdates();
    expect(updates.take('session', structuredClone(message()))).toEqual(update);
    expect(updates.late('session', message().body)).toBeNull();
  });

  it('is told by its event where no message is shown', () => {
    const updates = new PassingUpdates();
    updates.take('other session', message());
    expect(updates.late('session', message().body)).toEqual(update);
    updates.forget('other session');
    expect(updates.late('other session', message().body)).toEqual(update);
  });

  it('is in no message of another kind', () => {
    const updates = new PassingUpdates();
    const others = [message({ event: 'output' }), message({ type: 'response' }), message({ body: undefined }), {}];
    for (const other of others) {
      const before = structuredClone(other);
      expect(updates.take('session', other)).toBeNull();
      expect(other).toEqual(before);
    }
  });
});
