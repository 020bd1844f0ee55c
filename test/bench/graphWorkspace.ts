/**
 * A made-up workspace of entities, as large as wanted and the same each time: modules of forty entities in the styles that one meets
 * (Nest with swagger and validators, lean classes, embedded values, EntitySchema), with base class, shared enums, barrels, a
 * path alias, services between them, and relations that both sides know of.
 */

export interface MadeUpFile {
  readonly file: string;
  readonly text: string;
}

export interface MadeUpWorkspace {
  /** Everything, sorted by file. */
  readonly files: readonly MadeUpFile[];
  /** The files that declare an entity, in the order of their numbers. */
  readonly entityFiles: readonly MadeUpFile[];
}

const perModule = 40;
const childrenOfEach = 3;

/** @param root the workspace's folder, absolute, with forward slashes. */
export function makeWorkspace(count: number, root = '/shop'): MadeUpWorkspace {
  const entities = Array.from({ length: count }, (_, index) => describe(index, count));
  const entityFiles = entities.map((entity) => ({ file: `${root}/${entity.file}`, text: writeEntity(entity, count) }));
  const services = entities.map((entity) => ({ file: `${root}/${folderOf(entity)}/${entity.slug}.service.ts`, text: writeService(entity) }));
  const barrels = moduleNumbers(count).map((module) => ({ file: `${root}/src/module${module}/index.ts`, text: writeBarrel(module, entities) }));
  const shared = Object.entries(sharedFiles).map(([name, text]) => ({ file: `${root}/${name}`, text }));
  const files = [...entityFiles, ...services, ...barrels, ...shared].sort((left, right) => (left.file < right.file ? -1 : 1));
  return { files, entityFiles };
}

interface MadeUpEntity {
  readonly index: number;
  readonly module: number;
  readonly name: string;
  readonly slug: string;
  readonly file: string;
  readonly style: 'nest' | 'lean' | 'embedded' | 'schema';
  readonly parent: number | null;
  readonly children: readonly number[];
}

function describe(index: number, count: number): MadeUpEntity {
  const module = Math.floor(index / perModule);
  const local = index % perModule;
  const first = module * perModule;
  const firstChild = first + local * childrenOfEach + 1;
  const children = Array.from({ length: childrenOfEach }, (_, child) => firstChild + child).filter(
    (child) => child < Math.min(first + perModule, count) && styleOf(child) !== 'schema',
  );
  const style = styleOf(index);
  const slug = `item${index}`;
  const parent =
    style === 'schema' ? null : local === 0 ? (module === 0 ? null : first - perModule) : first + Math.floor((local - 1) / childrenOfEach);
  const file = `src/module${module}/${style === 'schema' ? `schemas/${slug}.schema.ts` : `entities/${slug}.entity.ts`}`;
  return { index, module, name: `Item${index}`, slug, file, style, parent, children: style === 'schema' ? [] : children };
}

/** Only leaves of the tree of relations are schemas: a schema cannot have a relation to a class. */
function styleOf(index: number): MadeUpEntity['style'] {
  const local = index % perModule;
  if (local > 0 && local * childrenOfEach + 1 >= perModule && local % 13 === 0) return 'schema';
  return (['nest', 'lean', 'embedded', 'nest'] as const)[index % 4] ?? 'nest';
}

function moduleNumbers(count: number): number[] {
  return Array.from({ length: Math.ceil(count / perModule) }, (_, module) => module);
}

function folderOf({ module }: MadeUpEntity): string {
  return `src/module${module}`;
}

function writeBarrel(module: number, entities: readonly MadeUpEntity[]): string {
  const own = entities.filter((entity) => entity.module === module);
  return own
    .flatMap(({ slug, style }) => [
      `export * from './${style === 'schema' ? `schemas/${slug}.schema` : `entities/${slug}.entity`}';`,
      `export * from './${slug}.service';`,
    ])
    .join('\n')
    .concat('\n');
}

/** As people import: a neighbour by its file, another module by its barrel or through the alias. */
function importFor(from: MadeUpEntity, target: number): string {
  const module = Math.floor(target / perModule);
  const specifier = module === from.module ? `./item${target}.entity` : target % 2 === 0 ? `../../module${module}` : `@app/module${module}`;
  return `import { Item${target} } from '${specifier}';`;
}

function writeEntity(entity: MadeUpEntity, count: number): string {
  switch (entity.style) {
    case 'schema':
      return writeSchema(entity);
    case 'nest':
      return writeNestEntity(entity);
    case 'lean':
      return writeLeanEntity(entity, count);
    case 'embedded':
      return writeEmbeddedEntity(entity);
  }
}

function writeNestEntity(entity: MadeUpEntity): string {
  const { name, slug, parent, children } = entity;
  return `import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Exclude, Expose } from 'class-transformer';
import { IsEnum, IsInt, IsOptional, IsString, MaxLength } from 'class-validator';
import { Column, Entity, Index, JoinColumn, ManyToOne, OneToMany, type Relation } from 'typeorm';
import { Currency, Visibility } from '@app/common/enums';
import { BaseModel } from '../../common/base.entity';
${relatives(entity)}
export enum ${name}Status {
  Open = 'open',
  Waiting = 'waiting',
  Closed = 'closed',
}

/**
 * One of the made-up entities, with everything that a Nest application hangs on its fields.
 *
 * @see ${name}Service for what may be done with it
 */
@Entity({ name: '${slug}s' })
@Index(['title', 'status'])
export class ${name} extends BaseModel {
  /** What people call it. */
  @ApiProperty({ description: 'What people call it', maxLength: 120, example: 'A title' })
  @IsString()
  @MaxLength(120)
  @Column({ type: 'varchar', length: 120 })
  title: string;

  @ApiProperty({ enum: ${name}Status, default: ${name}Status.Open })
  @IsEnum(${name}Status)
  @Column({ type: 'enum', enum: ${name}Status, default: ${name}Status.Open })
  status: ${name}Status;

  @ApiPropertyOptional({ enum: Visibility })
  @IsOptional()
  @IsEnum(Visibility)
  @Column({ type: 'enum', enum: Visibility, default: Visibility.Team, nullable: true })
  visibility?: Visibility;

  /** Free text, may be left out. */
  @ApiPropertyOptional({ description: 'Free text' })
  @IsOptional()
  @IsString()
  @Column({ nullable: true })
  note?: string;

  @ApiProperty({ type: Number, minimum: 0 })
  @IsInt()
  @Column('int', { default: 0 })
  amount: number;

  @Column({ type: 'enum', enum: Currency, default: Currency.Euro })
  currency: Currency;

  @Exclude()
  @Column({ name: 'due_date', type: 'timestamp', nullable: true })
  dueDate: Date | null;
${parent === null ? '' : parentOf(entity, `Relation<Item${parent}>`, "{ name: 'parent_id' }")}${children.map((child) => childrenIn(child, `Relation<Item${child}[]>`)).join('')}
  // Derived from the fields above, so it is never written.
  @Expose()
  get label(): string {
    return \`\${this.title} (\${this.status})\`;
  }

  isOverdue(now: Date): boolean {
    return this.dueDate !== null && this.dueDate.getTime() < now.getTime() && this.status === ${name}Status.Open;
  }

  /** The amount as people read it, rounded to whole units. */
  describe(locale = 'en'): string {
    const amount = new Intl.NumberFormat(locale, { style: 'currency', currency: this.currency }).format(this.amount / 100);
    return [this.title, this.note ?? '', amount].filter((part) => part.length > 0).join(', ');
  }
}
`;
}

function writeLeanEntity(entity: MadeUpEntity, count: number): string {
  const { name, slug, index, parent, children } = entity;
  const other = nextLean(index, count);
  const otherImport = other === null || [parent, ...children].includes(other) ? '' : `${importFor(entity, other)}\n`;
  return `import { Entity, PrimaryGeneratedColumn, Column, ManyToOne, OneToMany, ManyToMany, JoinTable, CreateDateColumn } from 'typeorm'
${relatives(entity)}${otherImport}
@Entity('${slug}s')
export class ${name} {
  @PrimaryGeneratedColumn() id!: number
  @Column({ unique: true }) slug!: string
  @Column() title!: string
  @Column('text', { nullable: true }) body: string | null = null
  @Column({ default: false }) archived!: boolean
  @CreateDateColumn() createdAt!: Date
${parent === null ? '' : parentOf(entity, `Item${parent}`, null)}${children.map((child) => childrenIn(child, `Item${child}[]`)).join('')}${
    other === null ? '' : `\n  @ManyToMany(() => Item${other})\n  @JoinTable({ name: '${slug}_others' })\n  others!: Item${other}[]\n`
  }
  static create(title: string): ${name} {
    const created = new ${name}()
    created.title = title
    created.slug = title.toLowerCase().replaceAll(' ', '-')
    return created
  }
}
`;
}

function nextLean(index: number, count: number): number | null {
  const other = index + 4;
  return other < count && Math.floor(other / perModule) === Math.floor(index / perModule) && styleOf(other) === 'lean' ? other : null;
}

function writeEmbeddedEntity(entity: MadeUpEntity): string {
  const { name, slug, parent, children } = entity;
  return `import { BeforeInsert, BeforeUpdate, Column, DeleteDateColumn, Entity, JoinColumn, ManyToOne, OneToMany, Unique, VersionColumn } from 'typeorm';
import { BaseModel } from '../../common/base.entity';
import { Money } from '../../common/money';
import { tables } from '../../common/tables';
${relatives(entity)}
const options = { type: 'varchar', length: 80 } as const;

/** Counts, measured by hand and kept apart from the rest. */
class ${name}Counts {
  @Column({ type: 'int', default: 0 })
  read: number;

  @Column({ type: 'int', default: 0 })
  written: number;
}

@Entity({ name: \`\${tables.prefix}${slug}s\` })
@Unique(['code'])
export class ${name} extends BaseModel {
  @Column({ ...options })
  code: string;

  @Column({ ...options, nullable: true })
  reference: string | null;

  @Column(() => Money)
  price: Money;

  @Column(() => ${name}Counts, { prefix: 'count' })
  counts: ${name}Counts;

  @VersionColumn()
  version: number;

  @DeleteDateColumn({ name: 'deleted_at' })
  deletedAt: Date | null;
${parent === null ? '' : parentOf(entity, `Item${parent}`, '')}${children.map((child) => childrenIn(child, `Item${child}[]`)).join('')}
  @BeforeInsert()
  @BeforeUpdate()
  protected tidy(): void {
    this.code = this.code.trim().toUpperCase();
    if (this.reference !== null && this.reference.trim() === '') {
      this.reference = null;
    }
  }

  /** What is left when the discount is taken off. */
  reduced(percent: number): number {
    if (percent < 0 || percent > 100) throw new RangeError(\`\${percent} is no percentage\`);
    return Math.round((this.price.amount * (100 - percent)) / 100);
  }
}
`;
}

function relatives(entity: MadeUpEntity): string {
  const targets = [...(entity.parent === null ? [] : [entity.parent]), ...entity.children];
  return targets.map((target) => `${importFor(entity, target)}\n`).join('');
}

/** @param joinColumn the options of @JoinColumn: empty for none, null for no decorator. */
function parentOf({ index, module, parent }: MadeUpEntity, type: string, joinColumn: string | null): string {
  const join = joinColumn === null ? '' : `\n  @JoinColumn(${joinColumn})`;
  // The first entity of a module belongs to one of another module, which does not know of it.
  const inverse = parent !== null && Math.floor(parent / perModule) === module ? ` (parent) => parent.item${index}s,` : '';
  return `
  @ManyToOne(() => Item${parent},${inverse} { onDelete: 'CASCADE', nullable: false })${join}
  parent: ${type};
`;
}

function childrenIn(child: number, type: string): string {
  return `
  @OneToMany(() => Item${child}, (child) => child.parent, { cascade: ['insert', 'update'] })
  item${child}s: ${type};
`;
}

function writeSchema({ name, slug }: MadeUpEntity): string {
  return `import { EntitySchema } from 'typeorm';
import { baseColumns } from '../../common/columns';

export interface ${name} {
  id: number;
  title: string;
  done: boolean;
}

export const ${name}Schema = new EntitySchema<${name}>({
  name: '${name}',
  tableName: '${slug}s',
  columns: {
    ...baseColumns,
    title: { type: 'varchar', length: 120 },
    done: { type: Boolean, default: false },
  },
  indices: [{ columns: ['title'] }],
});
`;
}

function writeService({ name, slug, style }: MadeUpEntity): string {
  const from = style === 'schema' ? `./schemas/${slug}.schema` : `./entities/${slug}.entity`;
  return `import { Injectable, NotFoundException } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { ${name} } from '${from}';

export interface ${name}Filter {
  readonly title?: string;
  readonly limit?: number;
}

/** Everything that may be done with ${slug}. */
@Injectable()
export class ${name}Service {
  constructor(@InjectRepository(${name}) private readonly items: Repository<${name}>) {}

  async find({ title, limit = 50 }: ${name}Filter): Promise<${name}[]> {
    const query = this.items.createQueryBuilder('item').orderBy('item.id', 'DESC').take(limit);
    if (title) query.where('item.title ILIKE :title', { title: \`%\${title}%\` });
    return query.getMany();
  }

  async get(id: number): Promise<${name}> {
    const found = await this.items.findOne({ where: { id } as never });
    if (!found) throw new NotFoundException(\`There is no ${slug} \${id}\`);
    return found;
  }

  async rename(id: number, title: string): Promise<void> {
    const found = await this.get(id);
    await this.items.save({ ...found, title } as never);
  }
}
`;
}

const sharedFiles: Readonly<Record<string, string>> = {
  'package.json': '{ "name": "made-up", "dependencies": { "typeorm": "^1.1.0", "pg": "^8.0.0" } }\n',
  'tsconfig.json': '{ "compilerOptions": { "baseUrl": ".", "paths": { "@app/*": ["src/*"] } } }\n',
  'src/data-source.ts': `import { DataSource } from 'typeorm';

export const dataSource = new DataSource({
  type: 'postgres',
  host: process.env['DB_HOST'] ?? 'localhost',
  database: 'made_up',
  entities: [__dirname + '/**/*.{entity,schema}.ts'],
});
`,
  'src/common/base.entity.ts': `import { CreateDateColumn, PrimaryGeneratedColumn, UpdateDateColumn } from 'typeorm';

/** What every row has. */
export abstract class BaseModel {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @CreateDateColumn({ name: 'created_at' })
  createdAt: Date;

  @UpdateDateColumn({ name: 'updated_at' })
  updatedAt: Date;
}
`,
  'src/common/columns.ts': 'export const baseColumns = { id: { type: Number, primary: true, generated: true } } as const;\n',
  'src/common/enums.ts':
    "export enum Visibility {\n  Private = 'private',\n  Team = 'team',\n}\n\nexport enum Currency {\n  Euro = 'EUR',\n  Dollar = 'USD',\n}\n",
  'src/common/money.ts': `import { Column } from 'typeorm';

export class Money {
  @Column({ type: 'bigint', default: 0 })
  amount: number;

  @Column({ length: 3, default: 'EUR' })
  currency: string;
}
`,
  'src/common/tables.ts': "export const tables = { prefix: 'app_' } as const;\n",
};
