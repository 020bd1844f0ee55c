/**
 * What deleting one entity takes with it: TypeORM's own cascades first, then what the database does to the rows that point at a
 * deleted row. Rules: TypeORM's persistence/subject-builder (CascadesSubjectBuilder, ManyToManySubjectBuilder), the foreign keys that
 * its metadata-builder makes, and SQL's referential actions. test/differential/deleteImpact.test.ts holds them to real databases.
 */
import { findEntity, inverseOf } from './questions';
import { junctionKeysTo, keysTo, type ForeignKeyOf, type JunctionKey } from './foreignKeys';
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

function hasDeleteDate({ columns }: Entity): boolean {
  return columns.some(({ kind }) => kind === 'delete-date');
}

/** Rows that are gone: of which entity, by which step, and whether TypeORM took them. */
interface Removed {
  readonly entity: Entity;
  readonly step: number | null;
  readonly byTypeorm: boolean;
}

class DeleteSearch {
  readonly steps: DeleteStep[] = [];
  readonly notLoaded: { entity: EntityId; property: string }[] = [];
  private readonly removed: Removed[] = [];
  /** Cascading relations that were followed: the rows behind them are gone before their parent is. */
  private readonly cascaded = new Set<Relation>();
  private readonly followed = new Set<string>();

  constructor(
    private readonly graph: RelationGraph,
    private readonly question: DeleteQuestion,
  ) {}

  run(root: Entity): void {
    const { way } = this.question;
    if (way === 'softDelete') return;
    if (way === 'softRemove') return this.softRemove(root);
    this.removed.push({ entity: root, step: null, byTypeorm: way === 'remove' });
    if (way === 'remove') this.cascadeRemoves();
    this.followForeignKeys();
    this.weighRefusals();
  }

  // --- TypeORM ---------------------------------------------------------------------------------------------------------------------

  /** 0.3 knows `cascade: ["remove"]` and does nothing about it: its CascadesSubjectBuilder never marks a subject for removal. */
  private cascadeRemoves(): void {
    for (const from of this.removed) {
      if (this.question.typeormMajor !== 0) this.cascadeFrom(from);
      for (const key of junctionKeysTo(this.graph, from.entity, this.question.typeormMajor))
        if (key.ownProperty !== null) this.unpair(key, from.step);
    }
  }

  private cascadeFrom({ entity, step }: Removed): void {
    for (const relation of entity.relations.filter(({ cascade }) => cascade.includes('remove'))) {
      if (!this.isLoaded(entity, relation)) continue;
      this.cascaded.add(relation);
      const target = this.targetOf(relation);
      if (!target) continue;
      const index = this.add(
        { effect: 'removed', entity: target.id, table: target.table, by: 'typeorm', rule: 'cascade: ["remove"]' },
        entity,
        relation,
        step,
      );
      if (!this.isRemoved(target)) this.removed.push({ entity: target, step: index, byTypeorm: true });
    }
  }

  /** Rows that TypeORM removes lose their pairings by ManyToManySubjectBuilder, whatever the foreign key says. */
  private unpair({ table, columns, relation, entity }: JunctionKey, step: number | null): void {
    this.add({ effect: 'unpaired', entity: null, table, by: 'typeorm', rule: 'junction rows', columns }, entity, relation, step);
  }

  private softRemove(root: Entity): void {
    const seen = new Set<Entity>([root]);
    const queue: { readonly entity: Entity; readonly step: number | null }[] = [{ entity: root, step: null }];
    for (const { entity, step } of queue) {
      for (const relation of entity.relations) {
        const softRemoves = relation.cascade.includes('soft-remove');
        if (!softRemoves && !this.passesThrough(relation)) continue;
        if (!this.isLoaded(entity, relation, softRemoves)) continue;
        const target = this.targetOf(relation);
        if (!target || seen.has(target)) continue;
        seen.add(target);
        queue.push({ entity: target, step: softRemoves ? this.addSoftRemoval(target, entity, relation, step) : step });
      }
    }
  }

  /** 0.3 walks on behind every cascade but a lone `remove`, and soft-removes what lies behind one that it passed. */
  private passesThrough({ cascade }: Relation): boolean {
    return this.question.typeormMajor === 0 && cascade.some((operation) => operation !== 'remove');
  }

  private addSoftRemoval(target: Entity, entity: Entity, relation: Relation, step: number | null): number {
    const possible = hasDeleteDate(target);
    const rule = possible ? 'cascade: ["soft-remove"]' : 'no @DeleteDateColumn';
    const effect = possible ? 'soft-removed' : 'refused';
    return this.add({ effect, entity: target.id, table: target.table, by: 'typeorm', rule }, entity, relation, step);
  }

  private isLoaded(entity: Entity, relation: Relation, tellOtherwise = true): boolean {
    if (this.question.loaded === 'all' || relation.eager) return true;
    if (tellOtherwise) this.notLoaded.push({ entity: entity.id, property: relation.property });
    return false;
  }

  // --- the database ----------------------------------------------------------------------------------------------------------------

  private followForeignKeys(): void {
    for (const from of this.removed) {
      for (const key of keysTo(this.graph, from.entity)) if (this.isNew(key)) this.followKey(key, from);
      for (const key of this.junctionKeys(from.entity)) {
        if (!(from.byTypeorm && key.ownProperty !== null) && this.isNew(key)) this.followJunctionKey(key, from.step);
      }
      if (from.entity.tree === 'closure-table') this.addClosureRows(from);
    }
  }

  private followKey(key: ForeignKeyOf, from: Removed): void {
    const { entity, relation, columns, nullable } = key;
    const step = { entity: entity.id, table: entity.table, columns };
    const rule = `ON DELETE ${key.onDelete}`;
    if (!relation.foreignKey) {
      this.add({ ...step, effect: 'left', by: 'nobody', rule: 'no foreign key constraint' }, entity, relation, from.step);
      return;
    }
    switch (key.onDelete) {
      case 'CASCADE': {
        const index = this.add({ ...step, effect: 'removed', by: 'database', rule }, entity, relation, from.step);
        if (!this.isRemoved(entity)) this.removed.push({ entity, step: index, byTypeorm: false });
        return;
      }
      case 'SET NULL':
        this.add(
          nullable
            ? { ...step, effect: 'set-null', by: 'database', rule }
            : { ...step, effect: 'refused', by: 'database', rule: `${rule}, NOT NULL` },
          entity,
          relation,
          from.step,
        );
        return;
      case 'SET DEFAULT':
        this.add({ ...step, effect: 'set-default', by: 'database', rule }, entity, relation, from.step);
        return;
      default:
        // The rows behind a cascade that leads back by this very key are gone already.
        if (this.cameByCascade(key)) return;
        this.add({ ...step, effect: 'refused', by: 'database', rule }, entity, relation, from.step);
    }
  }

  private cameByCascade({ entity, relation }: ForeignKeyOf): boolean {
    const inverse = inverseOf(this.graph, relation);
    return (
      [...this.cascaded].some(
        (cascading) => cascading === inverse?.relation || (cascading.targetId === entity.id && cascading.inverse === relation.property),
      ) && this.removed.some((known) => known.byTypeorm && known.entity === entity)
    );
  }

  private followJunctionKey({ table, columns, relation, entity, onDelete }: JunctionKey, step: number | null): void {
    const rule = `ON DELETE ${onDelete}`;
    if (!relation.foreignKey)
      this.add({ effect: 'left', entity: null, table, by: 'nobody', rule: 'no foreign key constraint', columns }, entity, relation, step);
    else if (onDelete === 'CASCADE') this.add({ effect: 'unpaired', entity: null, table, by: 'database', rule, columns }, entity, relation, step);
    // A junction's columns are its key: they can be neither NULL nor a default.
    else this.add({ effect: 'refused', entity: null, table, by: 'database', rule, columns }, entity, relation, step);
  }

  /** ClosureJunctionEntityMetadataBuilder: both foreign keys cascade. */
  private addClosureRows({ entity, step }: Removed): void {
    const parent = entity.relations.find(({ tree }) => tree !== null);
    if (parent)
      this.add(
        { effect: 'unpaired', entity: null, table: `${entity.table}_closure`, by: 'database', rule: 'ON DELETE CASCADE' },
        entity,
        parent,
        step,
      );
  }

  /**
   * NO ACTION looks when the statement is done, so rows that go by another way do not stand in its way; RESTRICT looks at once, but
   * what TypeORM removed before is gone by then too.
   */
  private weighRefusals(): void {
    this.steps.forEach((step, index) => {
      if (step.effect !== 'refused' || step.entity === null) return;
      const gone = this.removed.filter((known) => known.entity.id === step.entity && known.step !== null);
      const mayBeGone = gone.some(({ byTypeorm }) => byTypeorm || step.rule === 'ON DELETE NO ACTION');
      if (mayBeGone) this.steps[index] = { ...step, certain: false };
    });
  }

  // -----------------------------------------------------------------------------------------------------------------------------------

  private junctionKeys(entity: Entity): JunctionKey[] {
    return junctionKeysTo(this.graph, entity, this.question.typeormMajor);
  }

  /** A single-table family shares its keys; each is followed once. */
  private isNew({ entity, columns, relation }: ForeignKeyOf | JunctionKey): boolean {
    const key = `${entity.table}.${relation.property}(${columns.join()})`;
    if (this.followed.has(key)) return false;
    this.followed.add(key);
    return true;
  }

  private isRemoved(entity: Entity): boolean {
    return this.removed.some((known) => known.entity === entity);
  }

  private targetOf({ targetId }: Relation): Entity | undefined {
    return targetId === null ? undefined : findEntity(this.graph, targetId);
  }

  private add(
    step: Omit<DeleteStep, 'via' | 'parent' | 'certain' | 'columns'> & Partial<Pick<DeleteStep, 'columns'>>,
    entity: Entity,
    relation: Relation,
    parent: number | null,
  ): number {
    this.steps.push({ columns: [], ...step, via: { entity: entity.id, property: relation.property }, parent, certain: true });
    return this.steps.length - 1;
  }
}
