/** `@JoinColumn({ name: … })` on a relation that has none. */
import { addDecorator, ensureImport } from '../edits/decoratorEdits';
import { detectStyle } from '../edits/sourceStyle';
import type { Change } from '../edits/sourceText';
import type { RelationSyntax } from './ruleSyntax';

export function addJoinColumn({ source, member }: RelationSyntax, column: string): Change[] {
  const { quote } = detectStyle(source);
  return [addDecorator(source, member, `@JoinColumn({ name: ${quote}${column}${quote} })`), ...ensureImport(source, 'JoinColumn', 'typeorm')];
}
