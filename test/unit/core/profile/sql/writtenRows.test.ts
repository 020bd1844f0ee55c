import { expect, it } from 'vitest';
import { namedRows } from '../../../../../src/core/profile/sql/writtenRows';

it.each<[number, string]>([
  [1, 'INSERT INTO "visit"("id", "text") VALUES (NULL, ?)'],
  [3, 'INSERT INTO "visit"("id", "text") VALUES (DEFAULT, $1), (DEFAULT, $2), (DEFAULT, $3) RETURNING "id", "text"'],
  [2, `INSERT INTO "visit"("text") VALUES ('a), (b'), (lower('c')) ON CONFLICT ("id") DO UPDATE SET "text" = EXCLUDED."text"`],
  [1, 'INSERT INTO "visit"("text") SELECT "text" FROM "old" WHERE "id" > 5'],
  [1, 'INSERT INTO "tick" DEFAULT VALUES'],
  [3, 'DELETE FROM "visit" WHERE "id" IN ($1, $2, $3)'],
  [2, 'DELETE FROM "visit" WHERE ("id" = 4 AND "part" = 1) OR ("id" = 5 AND "part" = 1)'],
  [1, 'DELETE FROM "visit" WHERE "id" = 4 AND "part" = 1'],
  [1, 'UPDATE "visit" SET "counter" = "counter" + 1 WHERE "id" = 4'],
  [1, 'DELETE FROM "visit" WHERE "id" NOT IN (1, 2, 3)'],
  [1, 'UPDATE "visit" SET "counter" = 0'],
])('%i rows are named by %s', (rows, sql) => {
  expect(namedRows(sql, 'postgres')).toBe(rows);
});
