/** Random entity sources, the same for the same seed: every feature of TypeORM's decorators in combinations that nobody would think of. */
import { Dice } from './dice';
import { randomSchemas } from './randomSchemas';
import { sharedPieces } from './sharedPieces';

interface Made {
  readonly name: string;
  readonly kind: 'entity' | 'embeddable' | 'base' | 'root' | 'child' | 'view';
  /** Own and inherited column properties that others may refer to. */
  readonly columns: string[];
  readonly keys: string[];
  readonly relations: string[];
  /** Relations with join columns, which indices may name. */
  readonly joined: string[];
  readonly base: Made | null;
}

/** Texts by file name: five to nine classes, now and then with schemas, and the pieces that they share. */
export function randomEntities(seed: number): Readonly<Record<string, string>> {
  return { 'entities.ts': new Generator(seed).file(), 'shared.ts': sharedPieces };
}

class Generator extends Dice {
  private readonly made: Made[] = [];
  private readonly lines: string[] = [];
  private isDense = false;

  file(): string {
    this.isDense = this.chance(0.5);
    const names = this.shuffled(['Author', 'BlogPost', 'HTTPLog', 'userGroup', 'Tag2Item', 'order_line', 'Person', 'APIKey', 'Crate', 'Geo']);
    const count = 5 + this.int(5);
    for (const name of names.slice(0, count)) this.class(name);
    const schemas = this.chance(0.25) ? randomSchemas(this) : [];
    return [header, ...this.options(), ...this.lines, ...schemas, ''].join('\n');
  }

  private class(name: string): void {
    const kind = this.pick<Made['kind']>(['entity', 'entity', 'entity', 'embeddable', 'base', 'root', 'child', 'child', 'view']);
    const roots = this.made.filter((each) => each.kind === 'root' || each.kind === 'child');
    if (kind === 'child' && roots.length === 0) return this.declare(name, 'root', null);
    const bases = this.made.filter((each) => each.kind === 'base' || (kind !== 'embeddable' && each.kind === 'entity'));
    if (kind === 'child') return this.declare(name, kind, this.pick(roots));
    this.declare(name, kind, bases.length > 0 && this.chance(0.35) ? this.pick(bases) : null);
  }

  private declare(name: string, kind: Made['kind'], base: Made | null): void {
    const made: Made = {
      name,
      kind,
      base,
      columns: [...(base?.columns ?? [])],
      keys: [...(base?.keys ?? [])],
      relations: [...(base?.relations ?? [])],
      joined: [...(base?.joined ?? [])],
    };
    const inherited = base === null && this.chance(0.3) ? this.pick(sharedBases) : null;
    if (inherited) {
      made.columns.push(...inherited.columns);
      made.keys.push(...inherited.keys);
    }
    const members: string[] = [];
    const needsKey = kind === 'entity' || kind === 'root';
    if (needsKey && (made.keys.length === 0 || this.chance(0.15))) members.push(...this.keyMembers(made));
    for (let left = 1 + this.int(4); left > 0; left--) members.push(this.columnMember(made));
    if (kind !== 'view') for (let left = this.int(4); left > 0; left--) members.push(...this.relationMember(made));
    if (this.chance(0.4)) members.push(...this.embeddedMember(made));
    this.made.push(made);
    const extending = base ? this.extending(base.name) : inherited ? ` extends ${inherited.text}` : '';
    this.lines.push(
      ...this.classDecorators(made),
      `export ${kind === 'base' && this.chance(0.5) ? 'abstract ' : ''}class ${name}${extending} {`,
      ...members,
      '}',
      '',
    );
  }

  private extending(base: string): string {
    return this.chance(0.1) ? ` extends Stamped(${base}, 'st_${this.next()}')` : ` extends ${base}`;
  }

  private classDecorators({ name, kind, columns, joined, keys }: Made): string[] {
    const list: string[] = [];
    const entity = (): string =>
      this.pick([
        '@Entity()',
        '@Entity()',
        `@Entity('${name.toLowerCase()}s')`,
        `@Entity({ name: 'T_${name}' })`,
        `@Entity('x_${name}', { schema: 'app' })`,
        '@Entity({ synchronize: false, orderBy: { } })',
        `@Entity('dotted.${name}')`,
        `@Entity({ ...lookup.short, name: \`${name}_\${Names.Ref}\`, comment: 'x' })`,
        `@Entity({ schema: 'app', database: 'db', name: lookup.long.name + '_${name}' })`,
      ]);
    if (kind === 'entity' || kind === 'root') list.push(entity());
    if (kind === 'root')
      list.push(
        this.pick([
          `@TableInheritance({ column: { name: 'kind', type: 'varchar' } })`,
          `@TableInheritance({ column: 'type' })`,
          `@TableInheritance({ pattern: 'STI', column: { type: 'varchar' } })`,
          `@TableInheritance({ column: '${columns[0] ?? 'type'}' })`,
        ]),
      );
    if (kind === 'child') list.push(this.pick(['@ChildEntity()', '@ChildEntity()', `@ChildEntity('${name}!')`, `@ChildEntity(${this.int(9)})`]));
    if (kind === 'view')
      list.push(
        this.pick([
          `@ViewEntity({ expression: 'select 1' })`,
          `@ViewEntity({ name: 'v_${name}', expression: 'select 1', dependsOn: [] })`,
          `@ViewEntity('view_${name}', { expression: 'select 1' })`,
        ]),
      );
    if (kind === 'entity' && this.chance(0.2))
      list.push(
        this.pick([
          `@Tree('closure-table')`,
          `@Tree('closure-table', { closureTableName: 'cl_${this.next()}', ancestorColumnName: () => 'up' })`,
          `@Tree('materialized-path')`,
          `@Tree('nested-set')`,
          `@Tree('adjacency-list')`,
        ]),
      );
    const embedded = columns.filter((column) => !isPlain(column));
    const own = columns.filter(isPlain);
    const known = [...own, ...keys, ...joined, ...(kind === 'embeddable' || kind === 'base' ? [] : embedded)];
    if (known.length > 0 && this.chance(0.3)) list.push(this.indexOn(known));
    if (known.length > 0 && this.chance(0.25)) list.push(this.uniqueOn(known));
    if (this.chance(0.05)) list.push(`@Check('1 = 1')`);
    return list;
  }

  private indexOn(known: readonly string[]): string {
    const columns = this.some(known);
    const list = columns.map((each) => `'${each}'`).join(', ');
    const read = columns.filter(isPlain).map((each) => `x.${each}`);
    return this.pick([
      `@Index([${list}])`,
      `@Index('ix_${this.next()}', [${list}], { unique: true })`,
      `@Index([${list}], { unique: ${this.chance(0.5)}, where: '1 = 1' })`,
      `@Index('ix_${this.next()}', { synchronize: false })`,
      read.length > 0 ? `@Index((x: any) => [${read.join(', ')}], { unique: true })` : `@Index([${list}], { sparse: true })`,
      read.length > 0 ? `@Index((x: any) => ({ ${columns.filter(isPlain).join(': 1, ')}: 1 }))` : `@Index([${list}])`,
    ]);
  }

  private uniqueOn(known: readonly string[]): string {
    const columns = this.some(known);
    const list = columns.map((each) => `'${each}'`).join(', ');
    const read = columns.filter(isPlain).map((each) => `x.${each}`);
    return this.pick([
      `@Unique([${list}])`,
      `@Unique('uq_${this.next()}', [${list}])`,
      read.length > 0 ? `@Unique((x: any) => [${read.join(', ')}])` : `@Unique([${list}])`,
    ]);
  }

  private keyMembers(made: Made): string[] {
    const count = this.chance(0.25) ? 2 : 1;
    return Array.from({ length: count }, () => {
      const property = this.property(made, ['id', 'id', 'uuid', 'code', 'tenantId', 'Key']);
      made.keys.push(property);
      made.columns.push(property);
      const decorator = this.pick([
        '@PrimaryGeneratedColumn()',
        `@PrimaryGeneratedColumn('uuid')`,
        `@PrimaryGeneratedColumn({ name: 'pk_${property}' })`,
        `@PrimaryGeneratedColumn('identity', { generatedIdentity: 'ALWAYS' })`,
        '@PrimaryColumn()',
        `@PrimaryColumn('varchar', { name: '${property}_no' })`,
        `@PrimaryColumn({ type: 'uuid', unique: true })`,
        `@Column({ primary: true })`,
        `@PrimaryColumn() @Generated('uuid')`,
        `@PrimaryColumn({ type: 'int', generated: true })`,
      ]);
      return `  ${decorator} ${property}!: number;`;
    });
  }

  private columnMember(made: Made): string {
    const property = this.property(made, [
      'title',
      'firstName',
      'is_active',
      'SKU',
      'createdAt',
      'count2',
      'type',
      'authorId',
      'parentId',
      'ownerId',
      'x',
      'größe',
      '$ref',
      '_hidden',
    ]);
    made.columns.push(property);
    const nullable = this.pick([
      '',
      '',
      ', nullable: true',
      ', nullable: false',
      ', default: null',
      ', unique: true',
      ', primary: false',
      ', select: false',
      ', array: true',
    ]);
    const name = this.pick(['', '', '', `, name: '${property}_col'`, `, name: 'Name${this.int(3)}'`]);
    const decorator = this.pick([
      '@Column()',
      `@Column('varchar')`,
      `@Column({ type: 'int'${name}${nullable} })`,
      `@Column('text', { comment: ''${name}${nullable} })`,
      `@Column({ type: 'enum', enum: ['a', 'b']${name}${nullable} })`,
      `@Column({ type: 'simple-json'${name}, transformer: { to: (v: any) => v, from: (v: any) => v } })`,
      `@Column({ type: 'int'${name} }) @Index()`,
      `@Index({ unique: true }) @Column({ type: 'int'${name}${nullable} })`,
      `@Index('ix_${this.next()}', { unique: true }) @Column('int')`,
      `@Unique('uq_${this.next()}', ['anything']) @Column('int')`,
      `@Unique([]) @Column('int')`,
      '@CreateDateColumn()',
      `@CreateDateColumn({ type: 'timestamptz'${name}${nullable} })`,
      '@UpdateDateColumn()',
      `@DeleteDateColumn({ precision: 3${name} })`,
      '@VersionColumn()',
      `@Column('uuid') @Generated('uuid')`,
      `@Column('int') @Generated()`,
      `@VirtualColumn({ query: (alias: string) => alias, type: 'int' })`,
      `@Column({ type: 'int', generated: 'increment'${name} })`,
      `@Column({ type: 'varchar', asExpression: '1', generatedType: 'STORED'${name} })`,
      made.kind === 'view' ? `@ViewColumn({ name: '${property}_v' })` : '@Column(String)',
      made.kind === 'entity' ? '@TreeLevelColumn()' : '@Column(Number, {})',
      `@Column({ type: 'int', zerofill: true${name}, nullable: undefined })`,
      '@Column(wide)',
      `@Column({ ...wide${nullable}${name} })`,
      `@Column(named('${property}'${this.pick([', true', ''])}))`,
      `@Column('text', pieces({ unique: ${this.chance(0.5)}${name} }))`,
      `@Column({ type: 'int', name: ${this.pick(['Names.Title', 'lookup.short.name', `lookup['long']?.name`, '`${Names.Ref}_x`'])} })`,
      `@Text({ ${this.pick(['nullable: true', 'unique: true', 'name: Names.Ref', ''])} })`,
      '@Slug()',
    ]);
    return `  ${decorator} ${property}!: ${this.pick(['string', 'number', 'Date', 'any', 'string | null', 'Promise<string>', 'boolean', 'readonly string[]', 'Names'])};`;
  }

  private embeddedMember(made: Made): string[] {
    const candidates = this.made.filter(({ kind }) => kind === 'embeddable' || (kind === 'base' && this.isDense));
    if (candidates.length === 0) return [];
    const target = this.pick(candidates);
    const property = `${this.pick(['home', 'workAddress', 'audit_info', 'Meta', 'name'])}${this.next()}`;
    for (const column of target.columns) made.columns.push(`${property}.${column}`);
    for (const relation of target.relations) made.relations.push(`${property}.${relation}`);
    const options = this.pick([
      '',
      '',
      `, { prefix: false }`,
      `, { prefix: '' }`,
      `, { prefix: 'px_' }`,
      `, { prefix: 'Big' }`,
      ', {}',
      ', { prefix: true }',
    ]);
    const type = this.chance(0.15) ? this.pick(['any[]', 'Array<any>', 'readonly any[]']) : 'any';
    return [`  @Column(${this.pick(['() =>', 'type =>', '(_t: any) =>'])} ${target.name}${options}) ${property}!: ${type};`];
  }

  private relationMember(made: Made): string[] {
    if (made.kind === 'entity' && this.chance(0.15)) return this.treeMembers(made);
    const property = this.property(made, ['author', 'parent', 'owner', 'tags', 'items', 'group_of', 'Friends', 'main', 'details']);
    made.relations.push(property);
    const all = [...this.made, ...(made.kind === 'embeddable' || made.kind === 'base' ? [] : [made])];
    const targets = all.filter(({ kind }) => kind === 'entity' || kind === 'root' || kind === 'child');
    if (targets.length === 0) {
      made.relations.pop();
      return [];
    }
    const target = this.pick(targets);
    if (this.chance(0.08))
      return [`  @To(() => ${target.name}${this.chance(0.5) ? `, '${target.relations[0] ?? 'nothing'}'` : ''}) ${property}!: any;`];
    const kind = this.pick(['ManyToOne', 'ManyToOne', 'OneToOne', 'OneToMany', 'ManyToMany']);
    const inverse = this.inverse(target, kind === 'OneToMany');
    const options = this.relationOptions();
    const args = [
      this.pick([`() => ${target.name}`, `() => ${target.name}`, `'${target.name}'`, `(type: any) => ${target.name}`]),
      ...(inverse ? [inverse] : options && kind !== 'OneToMany' ? this.pick([[], ['undefined as any'], []]) : []),
      ...(options ? [options] : []),
    ];
    if (kind === 'OneToMany' && !inverse) args.splice(1, 0, `'nothing'`);
    const join = this.joins(kind, made, target, property);
    if (kind === 'ManyToOne' || (kind === 'OneToOne' && join !== '')) made.joined.push(property);
    const type = this.pick(['any', 'any', 'Promise<any>', 'any[]', 'Promise<any[]>', 'Relation<any>']);
    const key = made.kind !== 'embeddable' && this.chance(0.06) && kind === 'ManyToOne' ? '@PrimaryColumn() ' : '';
    const index = this.chance(0.12) && kind !== 'OneToMany' && kind !== 'ManyToMany' ? '@Index() ' : '';
    return [`  ${key}${index}@${kind}(${args.join(', ')})${join} ${property}!: ${type};`];
  }

  private treeMembers(made: Made): string[] {
    const [parent, children] = [this.property(made, ['parentNode', 'up']), this.property(made, ['childNodes', 'down'])];
    made.relations.push(parent, children);
    return [
      `  @TreeParent(${this.pick(['', `{ onDelete: 'CASCADE' }`, ''])}) ${parent}!: any;`,
      `  @TreeChildren(${this.pick(['', '{ cascade: true }'])}) ${children}!: any[];`,
    ];
  }

  private inverse(target: Made, isNeeded: boolean): string | null {
    if (!isNeeded && this.chance(0.5)) return null;
    const candidates = [...target.relations, ...(this.chance(0.2) ? target.columns : [])];
    if (candidates.length === 0) return isNeeded ? `'nothing'` : null;
    const path = this.pick(candidates);
    return this.pick([`(x: any) => x.${path}`, `'${path}'`, `(x: any) => x.${path}`]);
  }

  private relationOptions(): string | null {
    if (this.chance(0.4)) return null;
    const parts = this.some([
      `nullable: ${this.chance(0.5)}`,
      'nullable: undefined',
      ...(this.chance(0.3) ? ['eager: true'] : []),
      'lazy: true',
      `cascade: ${this.pick(['true', 'false', '[]', `['insert', 'soft-remove']`, `['update']`])}`,
      `onDelete: '${this.pick(['CASCADE', 'SET NULL', 'NO ACTION'])}'`,
      `onUpdate: 'CASCADE'`,
      'persistence: false',
      `orphanedRowAction: '${this.pick(['delete', 'disable', 'soft-delete', 'nullify'])}'`,
      'createForeignKeyConstraints: false',
      `deferrable: 'INITIALLY DEFERRED'`,
    ]);
    return `{ ${parts.join(', ')} }`;
  }

  private joins(kind: string, made: Made, target: Made, property: string): string {
    if (kind === 'OneToMany') return '';
    if (kind === 'ManyToMany') return this.chance(0.7) ? ` @JoinTable(${this.joinTable(made, target)})` : '';
    if (this.chance(kind === 'OneToOne' ? 0.2 : 0.4)) return '';
    const own = target.columns.filter(isPlain);
    const reference = own.length > 0 ? this.pick(this.chance(0.6) && target.keys.length > 0 ? target.keys : own) : 'id';
    if (target.keys.length > 1 && this.chance(0.5)) {
      const list = this.shuffled(target.keys).map((key, index) => `{ name: '${property}_${index}', referencedColumnName: '${key}' }`);
      return ` @JoinColumn([${list.join(', ')}])`;
    }
    return this.pick([
      ' @JoinColumn()',
      ` @JoinColumn({ name: '${property}_fk' })`,
      ` @JoinColumn({ name: '${this.pick(['authorId', 'parentId', 'ownerId', `${property}Id`])}' })`,
      ` @JoinColumn({ referencedColumnName: '${reference}' })`,
      ` @JoinColumn({ name: '${property}_ref', referencedColumnName: '${reference}' })`,
      ` @JoinColumn([{ name: 'a_${property}', referencedColumnName: '${reference}' }])`,
      ` @JoinColumn({ foreignKeyConstraintName: 'fk_${this.next()}' })`,
    ]);
  }

  private joinTable(made: Made, target: Made): string {
    const key = (of: Made): string => (of.keys.length > 0 ? this.pick(of.keys) : 'id');
    return this.pick([
      '',
      '',
      `{ name: 'jt_${this.next()}' }`,
      `'jt_${this.next()}'`,
      `{ joinColumn: { name: 'left_id' }, inverseJoinColumn: { name: 'right_id' } }`,
      `{ name: 'jt_${this.next()}', joinColumn: { name: 'same' }, inverseJoinColumn: { name: 'same' } }`,
      `{ joinColumns: [{ name: 'l', referencedColumnName: '${key(made)}' }] }`,
      `{ inverseJoinColumns: [{ name: 'r', referencedColumnName: '${key(target)}' }], joinColumn: { referencedColumnName: '${key(made)}' } }`,
      `{ schema: 'other', synchronize: false }`,
    ]);
  }

  private options(): string[] {
    if (this.chance(0.6)) return [];
    const prefix = this.pick([`, entityPrefix: 'app_'`, `, entityPrefix: 'app_'`, `, schema: 'depot'`, '', '']);
    const naming = this.chance(0.6) ? ', namingStrategy: new Naming()' : '';
    return [
      `class Naming extends DefaultNamingStrategy {`,
      ...(this.chance(0.7)
        ? [`  override tableName(target: string, given: string | undefined) { return given ? given : snake(target) + 's'; }`]
        : []),
      ...(this.chance(0.6)
        ? [
            `  override columnName(property: string, given: string, prefixes: string[]) { return snake(prefixes.concat(given || property).join('_')); }`,
          ]
        : []),
      ...(this.chance(0.5)
        ? [`  override joinColumnName(relation: string, referenced: string) { return snake(\`\${relation}_\${referenced}\`); }`]
        : []),
      ...(this.chance(0.4)
        ? [
            `  override joinTableName(first: string, second: string, firstProperty: string, secondProperty: string) { return snake(first + '_' + firstProperty.replace(/\\./g, '_') + '_' + second); }`,
          ]
        : []),
      ...(this.chance(0.4)
        ? [
            `  override joinTableColumnName(table: string, property: string, column?: string) { return snake(table + '_' + (column ? column : property)); }`,
          ]
        : []),
      '}',
      `function snake(text: string): string { return text.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase(); }`,
      `export const options = { type: 'postgres', host: 'localhost'${prefix}${naming} } satisfies DataSourceOptions;`,
      '',
    ];
  }

  /** A property that the class has not got yet; now and then one that a base class has. */
  private property({ columns, relations, base }: Made, names: readonly string[]): string {
    const name = this.pick(names);
    const mayRepeat = base !== null && this.chance(0.3) && (base.columns.includes(name) || base.relations.includes(name));
    const own = new Set([...columns, ...relations]);
    return own.has(name) && !mayRepeat ? `${name}${this.next()}` : name;
  }
}

/** The base classes of shared.ts, and what they declare. */
const sharedBases = [
  { text: `Keyed('uuid')`, columns: ['keyed'], keys: ['keyed'] },
  { text: `Stamped(Keyed('increment'))`, columns: ['keyed', 'stampedAt', 'restampedAt'], keys: ['keyed'] },
  { text: `Stamped(class {}, Names.Ref)`, columns: ['stampedAt', 'restampedAt'], keys: [] },
  { text: 'Valued<string>', columns: ['worth'], keys: [] },
];

const header = `import type { DataSourceOptions } from 'typeorm';
import { ChildEntity, Check, Column, CreateDateColumn, DefaultNamingStrategy, DeleteDateColumn, Entity, EntitySchema, Generated, Index, JoinColumn, JoinTable, ManyToMany, ManyToOne, OneToMany, OneToOne, PrimaryColumn, PrimaryGeneratedColumn, Relation, TableInheritance, Tree, TreeChildren, TreeLevelColumn, TreeParent, Unique, UpdateDateColumn, VersionColumn, ViewColumn, ViewEntity, VirtualColumn } from 'typeorm';
import { Keyed, Names, Slug, Stamped, Text, To, Valued, keyPiece, lookup, named, pieces, stampPieces, wide } from './shared';
`;

function isPlain(path: string): boolean {
  return !path.includes('.');
}
