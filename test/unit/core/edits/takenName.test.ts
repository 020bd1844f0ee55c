import ts from 'typescript';
import { expect, test } from 'vitest';
import { parseSource, type SourceText } from '../../../../src/core/edits/sourceText';
import { takenName } from '../../../../src/core/edits/takenName';

/** The name that an edit with `In(…)` and `new Map` cannot write. */
function taken(text: string, files: Readonly<Record<string, string>> = {}): string | null {
  const open = (specifier: string): SourceText | null => {
    const other = files[specifier];
    return other === undefined ? null : parseSource(ts, `/app/${specifier}.ts`, other, new Set(), open);
  };
  return takenName(parseSource(ts, '/app/a.ts', text, new Set(), open), ['findBy({ id: In(ids) })', 'new Map(rows)']);
}

const IN = "import { In } from './orm';";

test.each([
  ["import { In } from 'typeorm';", {}],
  ["const { In } = require('typeorm');", {}],
  [IN, { './orm': "export { DataSource, In } from 'typeorm';" }],
  [IN, { './orm': "export * from 'typeorm';" }],
  [IN, { './orm': "export { In } from './more';", './more': "export * from './own';\nexport * from 'typeorm';", './own': 'export const a = 1;' }],
])('is TypeORM’s own: %s %o', (text, files) => expect(taken(text, files)).toBeNull());

test.each([
  ["import { In } from 'other';", {}],
  ["import { Not as In } from 'typeorm';", {}],
  [IN, {}],
  [IN, { './orm': "export { Not as In } from 'typeorm';" }],
  [IN, { './orm': "export { In } from 'other';" }],
  [IN, { './orm': "export type { In } from 'typeorm';" }],
  [IN, { './orm': "export * from 'typeorm';\nexport const In = (list: unknown[]) => list;" }],
  [IN, { './orm': "export * from './more';", './more': "export { In } from './orm';" }],
])('is another one: %s %o', (text, files) => expect(taken(text, files)).toBe('In'));

test('a Map of a library is none of the language', () => expect(taken("import { Map } from 'immutable';")).toBe('Map'));
