import type ts from 'typescript';
import { ensureImport } from '../../edits/decoratorEdits';
import { descendants, unwrap, type SourceText } from '../../edits/sourceText';
import { fixHere, placeOf, type UsageRule } from './usageRule';

/**
 * `where: { author: null }`: 0.3 leaves the condition out, so that any row answers (typeorm issues 2500, 9316); 1.0 throws, unless
 * `invalidWhereValuesBehavior` says otherwise.
 */
export const nullishWhere: UsageRule = {
  id: 'nullish-where',
  *check({ source, usages, typeormMajor }) {
    if (!NULLISH.test(source.text)) return;
    const conditions = usages.names.filter(({ role, inString, named }) => role === 'where' && !inString && /^(?:column|relation)$/.test(named.kind));
    const values = valuesBehind(source, new Set(conditions.map(({ end }) => end)));
    for (const { end, path } of conditions) {
      const value = values.get(end);
      const word = value && nullishWord(source, value);
      if (!value || !word) continue;
      const start = value.getStart(source.tree);
      const what =
        typeormMajor === 0
          ? `TypeORM 0.3 leaves this condition out: rows answer whatever their ${path} is.`
          : 'TypeORM throws here since 1.0, and left the condition out before.';
      yield {
        rule: 'nullish-where',
        severity: typeormMajor === 0 ? 'error' : 'warning',
        message: `${what} ${word === 'null' ? 'IsNull() asks for rows without one.' : 'Leave the key out, or give a value.'}`,
        source: placeOf(source, start, value.end),
        related: [],
        fixes: () =>
          word === 'null'
            ? fixHere(source, 'Change to IsNull()', [{ start, end: value.end, newText: 'IsNull()' }, ...ensureImport(source, 'IsNull', 'typeorm')])
            : [],
      };
    }
  },
};

const NULLISH = /:\s*(?:null|undefined)\b/;

/** The values of the properties whose names end at those offsets. */
function valuesBehind(source: SourceText, ends: ReadonlySet<number>): Map<number, ts.Expression> {
  const values = new Map<number, ts.Expression>();
  for (const node of descendants(source, source.tree)) {
    if (!source.typescript.isPropertyAssignment(node)) continue;
    const isQuoted = !source.typescript.isIdentifier(node.name);
    const end = node.name.end - (isQuoted ? 1 : 0);
    if (ends.has(end)) values.set(end, node.initializer);
  }
  return values;
}

function nullishWord(source: SourceText, value: ts.Expression): 'null' | 'undefined' | null {
  const inner = unwrap(source, value);
  if (inner.kind === source.typescript.SyntaxKind.NullKeyword) return 'null';
  return source.typescript.isIdentifier(inner) && inner.text === 'undefined' ? 'undefined' : null;
}
