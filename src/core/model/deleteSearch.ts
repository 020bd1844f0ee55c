/**
 * The rows that go, change or stand in the way when one is deleted: TypeORM's own cascades first, then what the database does to the rows that
 * point at a deleted row. Rules: TypeORM's persistence/subject-builder (CascadesSubjectBuilder, ManyToManySubjectBuilder), the foreign keys that
 * its metadata-builder makes, and SQL's referential actions. test/differential/deleteImpact.test.ts holds them to real databases.
 */
import type { DeleteQuestion, DeleteStep } from './deleteImpact';
import { junctionKeysTo, keysTo, type ForeignKeyOf, type JunctionKey } from './foreignKeys';
import { findEntity, inverseOf } from './questions';
import type { Entity, EntityId, Relation, RelationGraph } from './relationGraph';

/** Rows that are gone: of which entity, by which step, and whether TypeORM took them. */
interface Removed {
  readonly entity: Entity;
  readonly step: number | null;
  readonly byTypeorm: boolean;
}

/** What becomes of rows, by whom, and what decides it. */
type Outcome = Pick<DeleteStep, 'effect' | 'by' | 'rule'>;

const unconstrained: Outcome = { effect: 'left', by: 'nobody', rule: 'no foreign key constraint' };

export class DeleteSearch {
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
      for (const key of this.junctionKeys(from.entity)) if (key.ownProperty !== null) this.unpair(key, from.step);
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
    const { entity, relation, columns } = key;
    const outcome = this.outcomeFor(key);
    if (outcome === null) return;
    const index = this.add({ ...outcome, entity: entity.id, table: entity.table, columns }, entity, relation, from.step);
    if (outcome.effect === 'removed' && !this.isRemoved(entity)) this.removed.push({ entity, step: index, byTypeorm: false });
  }

  /** What becomes of the rows that hold a key to a deleted row; null where they are gone already. */
  private outcomeFor(key: ForeignKeyOf): Outcome | null {
    if (!key.relation.foreignKey) return unconstrained;
    const rule = `ON DELETE ${key.onDelete}`;
    switch (key.onDelete) {
      case 'CASCADE':
        return { effect: 'removed', by: 'database', rule };
      case 'SET NULL':
        return key.nullable ? { effect: 'set-null', by: 'database', rule } : { effect: 'refused', by: 'database', rule: `${rule}, NOT NULL` };
      case 'SET DEFAULT':
        return { effect: 'set-default', by: 'database', rule };
      default:
        return this.cameByCascade(key) ? null : { effect: 'refused', by: 'database', rule };
    }
  }

  /** Whether the rows behind a key went by a cascade that it leads back from. */
  private cameByCascade({ entity, relation }: ForeignKeyOf): boolean {
    const inverse = inverseOf(this.graph, relation);
    return (
      [...this.cascaded].some(
        (cascading) => cascading === inverse?.relation || (cascading.targetId === entity.id && cascading.inverse === relation.property),
      ) && this.removed.some((known) => known.byTypeorm && known.entity === entity)
    );
  }

  /** A junction's columns are its key: they can be neither NULL nor a default. */
  private followJunctionKey({ table, columns, relation, entity, onDelete }: JunctionKey, step: number | null): void {
    const effect = onDelete === 'CASCADE' ? 'unpaired' : 'refused';
    const outcome: Outcome = relation.foreignKey ? { effect, by: 'database', rule: `ON DELETE ${onDelete}` } : unconstrained;
    this.add({ ...outcome, entity: null, table, columns }, entity, relation, step);
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

  // --- what both need --------------------------------------------------------------------------------------------------------------

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

export function hasDeleteDate({ columns }: Entity): boolean {
  return columns.some(({ kind }) => kind === 'delete-date');
}
