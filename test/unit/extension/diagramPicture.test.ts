import { describe, expect, it } from 'vitest';
import { EMPTY_MODEL, diagramState, type Situation } from '../../../src/extension/panels/diagramPicture';
import type { DiagramResult } from '../../../src/protocol/lsp';
import { aModel, aTable } from './builders';

const empty: DiagramResult = { model: EMPTY_MODEL, focus: null, revision: 1, ready: true, dependsOnTypeorm: true, fileCount: 12 };
const full: DiagramResult = { ...empty, model: aModel({ tables: [aTable('Author')] }) };
const situation: Situation = { mode: 'panel', workspace: 'ready', serverError: null, entityCount: null, result: full };

describe('diagramState', () => {
  it.each([
    ['a workspace without typeorm', { workspace: 'noTypeorm' }, { kind: 'no-typeorm' }],
    ['no folder', { workspace: 'noFolder', result: null }, { kind: 'no-typeorm' }],
    ['no answer yet', { result: null }, { kind: 'loading', filesRead: 0 }],
    ['a scan under way', { result: { ...empty, ready: false } }, { kind: 'loading', filesRead: 12 }],
    ['a scan under way that has found something', { result: { ...full, ready: false } }, { kind: 'ready' }],
    ['entities', {}, { kind: 'ready' }],
    ['no entities', { result: empty }, { kind: 'no-entities' }],
    ['no entity at the cursor', { mode: 'sidebar', result: empty, entityCount: 7 }, { kind: 'no-focus' }],
    ['no entity at the cursor, nor known elsewhere', { mode: 'sidebar', result: empty }, { kind: 'no-focus' }],
    ['no entity anywhere', { mode: 'sidebar', result: empty, entityCount: 0 }, { kind: 'no-entities' }],
    [
      'a server that did not start',
      { serverError: 'spawn EACCES' },
      { kind: 'error', message: 'The language server could not be started: spawn EACCES' },
    ],
  ] satisfies [string, Partial<Situation>, object][])('with %s', (_case, changes, expected) => {
    expect(diagramState({ ...situation, ...changes })).toEqual(expected);
  });
});
