/** What deleting one entity takes with it, and by whom: the question, its answer, and what is known before any row is looked for. */
import { DeleteSearch, hasDeleteDate } from './deleteSearch';
import { findEntity, inverseOf } from './questions';
import type { Entity, EntityId, Relation, RelationGraph } from './relationGraph';

/** `delete` is also what SQL of your own does: the database alone acts. */
export type DeleteWay = 'remove' | 'softRemove' | 'delete' | 'softDelete';

export interface DeleteQuestion {
  readonly way: DeleteWay;
  /** 0 for 0.3; 1.x where it is not known. */
  readonly typeormMajor: number | null;
  /** Relations that the entity holds when it is removed: cascades follow loaded ones only. `eager`: those that a plain `find` loads. */
  readonly loaded: 'all' | 'eager';
}

export type DeleteEffect = 'removed' | 'soft-removed' | 'unpaired' | 'set-null' | 'set-default' | 'left' | 'refused';

export interface DeleteStep {
  readonly effect: DeleteEffect;
  /** Whose rows: null for a junction table. */
  readonly entity: EntityId | null;
  readonly table: string;
  readonly by: 'typeorm' | 'database' | 'nobody';
  /** The relation that leads there. */
  readonly via: { readonly entity: EntityId; readonly property: string };
  /** Columns of the foreign key, as the database names them. */
  readonly columns: readonly string[];
  /** What decides it, as it is written: `ON DELETE CASCADE`, `cascade: ["remove"]`. */
  readonly rule: string;
  /** Position of the step whose rows' deletion leads to this one; null for the deleted row itself. */
  readonly parent: number | null;
  /** For a refusal: false where the rows that stand in the way may be gone by another way before the database looks. */
  readonly certain: boolean;
}

export interface DeleteImpact {
  readonly entity: EntityId;
  readonly question: DeleteQuestion;
  readonly steps: readonly DeleteStep[];
  /** Why TypeORM does not even begin; null where it does. */
  readonly impossible: 'no-delete-date-column' | 'view' | null;
  /** Relations whose cascade does nothing because they are not loaded. */
  readonly notLoaded: readonly { readonly entity: EntityId; readonly property: string }[];
  /**
   * Relations of the deleted entity whose other side says what becomes of rows that a save leaves out. Deleting never asks them:
   * EntityPersistExecutor builds them for save, soft-remove and recover alone, and there only rows that were taken out count.
   */
  readonly onlyOnSave: readonly OrphanRule[];
}

export interface OrphanRule {
  /** The list that a row is taken out of. */
  readonly property: string;
  readonly target: EntityId;
  readonly action: Relation['orphanedRowAction'];
}

/** The closure of deleting one row of an entity (by id or name); null where there is no such entity. */
export function deleteImpact(graph: RelationGraph, entityIdOrName: string, question: DeleteQuestion): DeleteImpact | null {
  const entity = findEntity(graph, entityIdOrName);
  if (!entity) return null;
  const search = new DeleteSearch(graph, question);
  const impossible = whyImpossible(entity, question.way);
  if (impossible === null) search.run(entity);
  return { entity: entity.id, question, steps: search.steps, impossible, notLoaded: search.notLoaded, onlyOnSave: orphanRules(graph, entity) };
}

/** Those that say something else than what is done without them. */
function orphanRules(graph: RelationGraph, entity: Entity): OrphanRule[] {
  return entity.relations.flatMap((relation) => {
    const inverse = relation.kind === 'one-to-many' ? inverseOf(graph, relation) : undefined;
    const action = inverse?.relation.orphanedRowAction ?? 'nullify';
    return inverse && action !== 'nullify' ? [{ property: relation.property, target: inverse.entity.id, action }] : [];
  });
}

/** The steps from the deleted row to a step, the first one first. */
export function pathTo(impact: DeleteImpact, index: number): DeleteStep[] {
  const path: DeleteStep[] = [];
  for (let at: number | null = index; at !== null;) {
    const step: DeleteStep | undefined = impact.steps[at];
    if (!step) break;
    path.unshift(step);
    at = step.parent;
  }
  return path;
}

function whyImpossible(entity: Entity, way: DeleteWay): DeleteImpact['impossible'] {
  if (entity.type === 'view') return 'view';
  return (way === 'softRemove' || way === 'softDelete') && !hasDeleteDate(entity) ? 'no-delete-date-column' : null;
}
