/** Templates of statements that were read before: an app runs the same few hundred texts in request after request. */
import { readTemplate, type StatementTemplate } from './statementFacts';
import type { Dialect } from './tokenize';

/** Of all known texts together, in characters: beyond that all are forgotten, and read again as they come. */
const MOST_TEXT = 4_000_000;

const known = new Map<Dialect, Map<string, StatementTemplate>>();
let textLength = 0;

/** As `readTemplate`, for texts that are likely to come again: those with parameters, and shapes. */
export function templateOf(sql: string, dialect: Dialect): StatementTemplate {
  const found = known.get(dialect)?.get(sql);
  if (found) return found;
  const template = readTemplate(sql, dialect);
  if (sql.length > MOST_TEXT) return template;
  textLength += sql.length;
  if (textLength > MOST_TEXT) {
    known.clear();
    textLength = sql.length;
  }
  const texts = known.get(dialect);
  if (texts) texts.set(sql, template);
  else known.set(dialect, new Map([[sql, template]]));
  return template;
}
