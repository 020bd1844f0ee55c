import { expect, it } from 'vitest';
import { canWatch } from '../../../src/probe/esModules';

it.each([
  ['18.20.8', false],
  ['20.20.2', false],
  ['22.15.0', false],
  ['22.99.0', false],
  ['23.99.0', false],
  ['24.11.1', false],
  ['24.12.0', true],
  ['25.0.0', false],
  ['25.2.0', true],
  ['26.0.0', true],
])('hooks of modules on Node.js %s: %s', (version, sound) => {
  expect(canWatch(version)).toBe(sound);
});
