/** Shared by the rules about `@JoinColumn` and `@JoinTable` on a relation that cannot have them. */
import { removeDecorator } from '../edits/decoratorEdits';
import type { Entity, Relation, RelationKind } from '../model/relationGraph';
import type { RuleContext, Severity } from './rule';
import { factsOf, fixOf, syntaxOf, type Finding } from './ruleSyntax';

export interface MisplacedCase {
  readonly decorator: string;
  readonly on: (kind: RelationKind) => boolean;
  readonly severity: Severity;
  readonly message: string;
}

export function misplaced(
  context: RuleContext,
  _entity: Entity,
  relation: Relation,
  { decorator, on, severity, message }: MisplacedCase,
): Finding | null {
  if (!on(relation.kind) || relation.tree) return null;
  const found = factsOf(context, relation)?.decorators.find(({ name }) => name === decorator);
  if (!found) return null;
  return {
    severity,
    message,
    source: found.place,
    fixes: () => {
      const syntax = syntaxOf(context, relation);
      const written = syntax?.decorators.find(({ name }) => name === decorator);
      return syntax && written ? fixOf(`Remove @${decorator}`, [{ source: syntax.source, changes: removeDecorator(syntax.source, written) }]) : [];
    },
  };
}
