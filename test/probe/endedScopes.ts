/** The scopes of a profiled app, as tests compare them. */
import { expect } from 'vitest';
import { eventsOf, type ProbedOutcome } from './app';

/** `kind name: operations`, in order of the scopes' start; ended ones only, each of which has ended once. */
export function endedScopes({ events, operations }: ProbedOutcome): string[] {
  const ended = eventsOf(events, 'scopeEnd').map(({ id }) => id);
  expect(new Set(ended).size).toBe(ended.length);
  return eventsOf(events, 'scope')
    .filter(({ id }) => ended.includes(id))
    .map(({ id, kind, name }) => {
      const renamed = eventsOf(events, 'scopeName').findLast((event) => event.id === id)?.name ?? name;
      return `${kind} ${renamed}: ${operations.filter(({ start }) => start.scope === id).length}`;
    });
}
