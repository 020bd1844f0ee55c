/** TypeORM's own metadata of a run (`MetadataEvent`), asked by entity name or by table. */
import type { MetaColumn, MetaEntity, MetaRelation, MetadataEvent } from '../../protocol/probe';
import { type Dialect, dialectOf } from './sql/tokenize';

/** A relation with the entity that declares it. */
export interface EntityRelation {
  readonly entity: MetaEntity;
  readonly relation: MetaRelation;
}

export class MetadataIndex {
  readonly dialect: Dialect;
  private readonly byName = new Map<string, MetaEntity>();
  private readonly byTable = new Map<string, MetaEntity[]>();

  /**
   * @param process whose DataSource it is, as the builder was told
   * @param eagerByQuery whether strategy "query" asks for eager relations by queries of their own, as TypeORM 1.x does
   */
  constructor(
    readonly event: MetadataEvent,
    readonly process: string,
    readonly eagerByQuery: boolean,
  ) {
    this.dialect = dialectOf(event.driver);
    for (const entity of event.entities) {
      this.byName.set(entity.name, entity);
      const key = tableKey(entity.table);
      this.byTable.set(key, [...(this.byTable.get(key) ?? []), entity]);
    }
  }

  get driver(): string {
    return this.event.driver;
  }

  /** Undefined where the name is unknown. */
  findEntity(name: string | null): MetaEntity | undefined {
    return name === null ? undefined : this.byName.get(name);
  }

  /** The entities of a table: several where single-table inheritance shares it (the root comes first). */
  entitiesOfTable(table: string): readonly MetaEntity[] {
    const found = this.byTable.get(tableKey(table)) ?? [];
    return found.length < 2 ? found : [...found].sort((a, b) => Number(a.parent !== null) - Number(b.parent !== null));
  }

  findRelation(entityName: string | null, property: string | null): EntityRelation | undefined {
    const entity = this.findEntity(entityName);
    const relation = entity?.relations.find((candidate) => candidate.property === property);
    return entity && relation ? { entity, relation } : undefined;
  }

  findColumn(table: string, column: string): { entity: MetaEntity; column: MetaColumn } | undefined {
    for (const entity of this.entitiesOfTable(table)) {
      const found = entity.columns.find((candidate) => candidate.column.toLowerCase() === column.toLowerCase());
      if (found) return { entity, column: found };
    }
    return undefined;
  }
}

export function isToMany(relation: MetaRelation): boolean {
  return relation.kind === 'one-to-many' || relation.kind === 'many-to-many';
}

/** Tables are compared without their schema and case: statements name them either way. */
function tableKey(table: string): string {
  return table.slice(table.lastIndexOf('.') + 1).toLowerCase();
}
