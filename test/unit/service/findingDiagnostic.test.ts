/** What the Problems view says of a finding: its message, and where it was seen. */
import { expect, test } from 'vitest';
import { OUTSIDE_NAME } from '../../../src/core/profile/runRecord';
import { findingToDiagnostic } from '../../../src/service/diagnostics';
import { aFinding } from '../builders/findingBuilder';

const place = { file: '/app/a.ts', line: 3, column: 1, endLine: 3, endColumn: 9 };

test.each([
  ['GET /authors', 'Too much. Seen in GET /authors.'],
  [OUTSIDE_NAME, 'Too much. Seen outside of any request.'],
  ['', 'Too much.'],
])('of one in “%s”: %s', (scopeName, message) => {
  expect(findingToDiagnostic({ finding: aFinding({ scopeName, message: 'Too much.' }), place, loop: null, edit: { kind: 'gone' } }).message).toBe(
    message,
  );
});
