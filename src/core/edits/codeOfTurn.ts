/** The code that a turn of a loop runs: its body, and the functions that are called from there, in whichever file they stand. */
import type ts from 'typescript';
import { calleeOf, functionOf } from './callee';
import { nearestDeclaration } from './receiverEntity';
import { descendants, isWithin, unwrap, type SourceText } from './sourceText';

export interface Piece {
  readonly source: SourceText;
  readonly node: ts.Node;
  /** The call that leads there; null for the body itself. */
  readonly from: { readonly source: SourceText; readonly call: ts.CallExpression } | null;
}

export function codeOfTurn(source: SourceText, body: ts.Node): readonly Piece[] {
  const { typescript } = source;
  const seen = new Set<ts.Node>();
  const pieces: Piece[] = [{ source, node: body, from: null }];
  for (const piece of pieces)
    for (const call of [piece.node, ...descendants(piece.source, piece.node)]) {
      if (!typescript.isCallExpression(call)) continue;
      const called = [calleeOf(piece.source, call), ...call.arguments.map((argument) => functionOf(piece.source, argument))];
      for (const callee of called) {
        if (!callee?.fn.body || seen.has(callee.fn)) continue;
        seen.add(callee.fn);
        pieces.push({ source: callee.source, node: callee.fn, from: { source: piece.source, call } });
      }
    }
  return pieces;
}

/** Whether a node of the file stands in code that the turn runs. */
export function runsInTurn(pieces: readonly Piece[], source: SourceText, node: ts.Node): boolean {
  return pieces.some((piece) => piece.source.tree === source.tree && isWithin(node, piece.node));
}

/** Whether an expression somewhere in that code stands for the same value: by its name, by another constant's, or by a parameter's. */
export function standsFor(
  pieces: readonly Piece[],
  at: { readonly source: SourceText; readonly expression: ts.Expression },
  wanted: { readonly source: SourceText; readonly expression: ts.Expression },
  depth = 0,
): boolean {
  const { source } = at;
  const { typescript, tree } = source;
  const value = unwrap(source, at.expression);
  const declaration = typescript.isIdentifier(value) ? nearestDeclaration(source, value.text, value) : null;
  if (tree === wanted.source.tree && value.getText(tree) === wanted.expression.getText(tree))
    return !typescript.isIdentifier(wanted.expression) || declaration === nearestDeclaration(source, wanted.expression.text, wanted.expression);
  if (!declaration || depth > 4) return false;
  if (!typescript.isParameter(declaration))
    return !!declaration.initializer && standsFor(pieces, { source, expression: declaration.initializer }, wanted, depth + 1);
  const from = pieces.find(({ node }) => node === declaration.parent)?.from;
  const argument = from?.call.arguments[declaration.parent.parameters.indexOf(declaration)];
  return !!from && !!argument && standsFor(pieces, { source: from.source, expression: argument }, wanted, depth + 1);
}
