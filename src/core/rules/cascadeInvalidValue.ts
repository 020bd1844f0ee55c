import { nearestName } from '../model/nearestName';
import { factsOf, fixOf, nameOf, nodeAt, relationRule, syntaxOf } from './ruleSyntax';
import { detectStyle } from '../edits/sourceStyle';

const OPERATIONS = ['insert', 'update', 'remove', 'soft-remove', 'recover'];
/** Words of other mappers and what TypeORM calls them. */
const MEANT: Readonly<Record<string, readonly string[]>> = {
  delete: ['remove'],
  persist: ['insert'],
  merge: ['update'],
  save: ['insert', 'update'],
  all: OPERATIONS,
};

/** `cascade: 'insert'` or `['delete']`: TypeORM compares words of an array and finds none, so nothing cascades. */
export const cascadeInvalidValue = relationRule('cascade-invalid-value', (context, entity, relation) => {
  const written = factsOf(context, relation)?.decorators.find(({ cascade }) => cascade !== null)?.cascade;
  if (!written || written.text === null || typeof written.text === 'boolean') return null;
  const words = typeof written.text === 'string' ? [written.text] : written.text;
  const wrong = words.filter((word) => !OPERATIONS.includes(word));
  if (typeof written.text !== 'string' && wrong.length === 0) return null;
  const right = [
    ...new Set(
      words.flatMap((word) => (OPERATIONS.includes(word) ? [word] : (MEANT[word] ?? [nearestName(word, OPERATIONS) ?? ''].filter(Boolean)))),
    ),
  ];
  return {
    severity: 'error',
    message:
      wrong.length > 0
        ? `'${wrong[0]}' is no cascade that TypeORM knows, so ${nameOf(entity, relation)} silently does not cascade. Known are ${OPERATIONS.join(', ')}.`
        : `cascade must be an array or true: with the string '${words[0]}', ${nameOf(entity, relation)} silently does not cascade.`,
    source: written.place,
    fixes: () => {
      const syntax = syntaxOf(context, relation);
      const node = syntax && nodeAt(syntax.source, written.place);
      if (!syntax || !node || right.length === 0) return [];
      const { quote } = detectStyle(syntax.source);
      const value = `[${right.map((word) => `${quote}${word}${quote}`).join(', ')}]`;
      return fixOf(`Change to cascade: ${value}`, [
        { source: syntax.source, changes: [{ start: node.getStart(syntax.source.tree), end: node.end, newText: value }] },
      ]);
    },
  };
});
