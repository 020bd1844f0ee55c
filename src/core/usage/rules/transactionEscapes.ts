import type ts from 'typescript';
import { isMethodCall, type MethodCall } from '../../edits/findCall';
import { receiverEntity } from '../../edits/receiverEntity';
import { descendants, unwrap, type SourceText } from '../../edits/sourceText';
import { fixHere, placeOf, type UsageRule } from './usageRule';

/**
 * Inside `transaction(async (manager) => …)` another manager or repository is asked: it runs on another connection, outside of the transaction
 * (docs: Transactions, "the most important restriction").
 */
export const transactionEscapes: UsageRule = {
  id: 'transaction-escapes',
  *check({ source }) {
    if (!/\.transaction\s*\(/.test(source.text)) return;
    for (const node of descendants(source, source.tree)) {
      const transaction = isMethodCall(source, node) && node.expression.name.text === 'transaction' ? callbackOf(source, node) : null;
      if (!transaction) continue;
      for (const call of descendants(source, transaction.body)) {
        if (!isMethodCall(source, call) || !QUERY.test(call.expression.name.text)) continue;
        const receiver = call.expression.expression;
        // A receiver that is declared within the callback was made there, most likely from its manager.
        if (mentions(source, call, transaction.manager) || !isMemberOfThis(source, receiver)) continue;
        const entity = receiverEntity(source, call);
        if (entity === null) continue;
        const start = receiver.getStart(source.tree);
        const replacement = `${transaction.manager}.getRepository(${entity})`;
        yield {
          rule: 'transaction-escapes',
          severity: READ.test(call.expression.name.text) ? 'warning' : 'error',
          message: `${receiver.getText(source.tree)}.${call.expression.name.text}() runs outside of the transaction, on another connection${whatFollows(call)}. Use ${replacement}.`,
          source: placeOf(source, start, call.expression.name.end),
          related: [
            {
              message: `The transaction's manager is ${transaction.manager}`,
              source: placeOf(source, transaction.at, transaction.at + transaction.manager.length),
            },
          ],
          fixes: () => fixHere(source, `Use ${replacement}`, [{ start, end: receiver.end, newText: replacement }]),
        };
      }
    }
  },
};

const QUERY =
  /^(?:find\w*|save|insert|update|upsert|remove|softRemove|recover|delete|softDelete|restore|count\w*|exists?\w*|increment|decrement|query|createQueryBuilder)$/;

const READ = /^(?:find|count|exist)/;

function whatFollows({ expression }: MethodCall): string {
  if (READ.test(expression.name.text)) return ': it does not see what the transaction has written, and takes a second connection of the pool';
  if (/^(?:query|createQueryBuilder)$/.test(expression.name.text)) return '';
  return ': what it writes stays when the transaction is rolled back';
}

interface Callback {
  readonly body: ts.Node;
  readonly manager: string;
  readonly at: number;
}

/** The callback and its manager; null where it takes none, or is no function written here. */
function callbackOf(source: SourceText, call: MethodCall): Callback | null {
  const { typescript } = source;
  const callback = call.arguments.at(-1);
  if (!callback || (!typescript.isArrowFunction(callback) && !typescript.isFunctionExpression(callback))) return null;
  const [parameter] = callback.parameters;
  if (!parameter || !typescript.isIdentifier(parameter.name)) return null;
  return { body: callback.body, manager: parameter.name.text, at: parameter.name.getStart(source.tree) };
}

/** `this.books`: a repository of the service, which no transaction has made. */
function isMemberOfThis({ typescript }: SourceText, receiver: ts.Expression): boolean {
  return typescript.isPropertyAccessExpression(receiver) && receiver.expression.kind === typescript.SyntaxKind.ThisKeyword;
}

/** `this.books.save(book, …)` may be handed the manager, as own repositories are. */
function mentions(source: SourceText, call: MethodCall, name: string): boolean {
  return call.arguments.some((argument) => {
    const inner = unwrap(source, argument);
    return source.typescript.isIdentifier(inner) && inner.text === name;
  });
}
