/** Shared by the rules about two owning sides. */
import { removeDecorator } from '../edits/decoratorEdits';
import type { Entity, Relation, RelationKind } from '../model/relationGraph';
import type { Fix, RuleContext } from './rule';
import { fixOf, nameOf, syntaxOf, type Finding } from './ruleSyntax';

type Owned = { readonly entity: Entity; readonly relation: Relation };

export interface BothOwnCase {
  readonly kind: RelationKind;
  readonly decorators: readonly string[];
  readonly message: (inverse: Owned) => string;
}

export function bothOwn(context: RuleContext, entity: Entity, relation: Relation, { kind, decorators, message }: BothOwnCase): Finding | null {
  const inverse = context.inverseOf(relation);
  if (relation.kind !== kind || !relation.owner || !inverse || inverse.relation.kind !== kind || !inverse.relation.owner) return null;
  if (inverse.relation === relation) return null;
  return {
    severity: 'error',
    message: message(inverse),
    source: relation.source,
    related: [{ message: `${nameOf(inverse.entity, inverse.relation)} owns it too`, source: inverse.relation.source }],
    fixes: () => [...removeFrom(context, entity, relation, decorators), ...removeFrom(context, inverse.entity, inverse.relation, decorators)],
  };
}

/** The side that owns nothing has to name the other. */
function removeFrom(context: RuleContext, entity: Entity, relation: Relation, names: readonly string[]): Fix[] {
  if (relation.inverse === null) return [];
  const syntax = syntaxOf(context, relation);
  const found = syntax?.decorators.find(({ name }) => names.includes(name));
  if (!syntax || !found) return [];
  return fixOf(`Remove @${found.name} from ${nameOf(entity, relation)}`, [{ source: syntax.source, changes: removeDecorator(syntax.source, found) }]);
}
