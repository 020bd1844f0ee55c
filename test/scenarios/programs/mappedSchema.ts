/** Mappings beyond plain tables: trees, inheritance, embedded objects, composite and natural keys, soft deletion, views. Some as classes. */
import { DataSource, EntitySchema, type EntitySchemaColumnOptions } from 'typeorm';
import { isPostgres, postgresUrl } from './schema';

const id: EntitySchemaColumnOptions = { type: Number, primary: true, generated: true };
const text: EntitySchemaColumnOptions = { type: String };
const key: EntitySchemaColumnOptions = { type: Number, nullable: true };

export class Folder {
  declare id: number;
  declare name: string;
  declare parent: Folder | null;
  declare children: Folder[];
}
export class Content {
  declare id: number;
  declare title: string;
  declare remarks: Promise<Remark[]>;
}
class Photo extends Content {
  declare size: number;
}
export class Article extends Content {
  declare sections: Promise<Section[]>;
}
export class Remark {
  declare id: number;
  declare content: Content;
}
export class Section {
  declare id: number;
  declare article: Article;
}
export class City {
  declare id: number;
  declare name: string;
  declare stateCode: string;
}
export class State {
  declare code: string;
  declare name: string;
}
export class Address {
  declare street: string;
  declare cityId: number;
  declare city: City;
}
export class Person {
  declare id: number;
  declare address: Address;
}
export class Item {
  declare orderNo: number;
  declare lineNo: number;
  declare name: string;
}
export class Shipment {
  declare id: number;
  declare orderNo: number;
  declare lineNo: number;
}
export class Account {
  declare id: number;
  declare name: string;
  declare deletedAt: Date | null;
}
export class Invoice {
  declare id: number;
  declare accountId: number;
  declare account: Account;
}
export class Student {
  declare id: number;
  declare name: string;
  declare badgeId: number;
  declare badge: Badge;
}
export class Badge {
  declare id: number;
  declare text: string;
}
export class Enrolment {
  declare studentId: number;
  declare courseId: number;
  declare grade: number;
}
export class Course {
  declare id: number;
  declare name: string;
}
export class Note {
  declare id: number;
  declare targetType: string;
  declare targetId: number;
}
export class CourseSize {
  declare courseId: number;
  declare size: number;
}
export class Ticket {
  declare id: number;
  declare subject: string;
  declare holder: Badge;
}
export class Tick {
  declare id: number;
  declare kind: string;
}

const schemas = [
  new EntitySchema<Folder>({
    name: 'Folder',
    target: Folder,
    trees: [{ type: 'closure-table' }],
    columns: { id, name: text },
    relations: {
      parent: { type: 'many-to-one', target: 'Folder', treeParent: true, nullable: true },
      children: { type: 'one-to-many', target: 'Folder', treeChildren: true },
    },
  }),
  new EntitySchema<Content>({
    name: 'Content',
    target: Content,
    inheritance: { pattern: 'STI', column: 'type' },
    columns: { id, title: text, type: { ...text, nullable: true } } as never,
    relations: { remarks: { type: 'one-to-many', target: 'Remark', inverseSide: 'content', lazy: true } },
  }),
  new EntitySchema<Photo>({ name: 'Photo', target: Photo, type: 'entity-child', discriminatorValue: 'photo', columns: { size: key } as never }),
  new EntitySchema<Article>({
    name: 'Article',
    target: Article,
    type: 'entity-child',
    discriminatorValue: 'article',
    columns: {} as never,
    relations: { sections: { type: 'one-to-many', target: 'Section', inverseSide: 'article', lazy: true } } as never,
  }),
  new EntitySchema<Remark>({
    name: 'Remark',
    target: Remark,
    columns: { id, contentId: key } as never,
    relations: { content: { type: 'many-to-one', target: 'Content', inverseSide: 'remarks', joinColumn: { name: 'contentId' } } },
  }),
  new EntitySchema<Section>({
    name: 'Section',
    target: Section,
    columns: { id, articleId: key } as never,
    relations: { article: { type: 'many-to-one', target: 'Article', inverseSide: 'sections', joinColumn: { name: 'articleId' } } },
  }),
  new EntitySchema<City>({
    name: 'City',
    target: City,
    columns: { id, name: text, stateCode: { ...text, nullable: true } },
    relations: { state: { type: 'many-to-one', target: 'State', joinColumn: { name: 'stateCode', referencedColumnName: 'code' } } } as never,
  }),
  new EntitySchema<State>({ name: 'State', target: State, columns: { id, code: { ...text, unique: true }, name: text } as never }),
  new EntitySchema<Person>({
    name: 'Person',
    target: Person,
    columns: { id },
    embeddeds: {
      address: {
        schema: new EntitySchema<Address>({
          name: 'Address',
          target: Address,
          columns: { street: text, cityId: key },
          relations: { city: { type: 'many-to-one', target: 'City', joinColumn: { name: 'cityId' } } },
        }),
        prefix: false,
      },
    },
  }),
  new EntitySchema<Item>({
    name: 'Item',
    target: Item,
    columns: { orderNo: { type: Number, primary: true }, lineNo: { type: Number, primary: true }, name: text },
    relations: { shipments: { type: 'one-to-many', target: 'Shipment', inverseSide: 'item' } } as never,
  }),
  new EntitySchema<Shipment>({
    name: 'Shipment',
    target: Shipment,
    columns: { id, orderNo: key, lineNo: key },
    relations: {
      item: {
        type: 'many-to-one',
        target: 'Item',
        inverseSide: 'shipments',
        joinColumn: [
          { name: 'orderNo', referencedColumnName: 'orderNo' },
          { name: 'lineNo', referencedColumnName: 'lineNo' },
        ],
      },
    } as never,
  }),
  new EntitySchema<Account>({
    name: 'Account',
    target: Account,
    columns: { id, name: text, deletedAt: { type: isPostgres ? 'timestamp' : 'datetime', deleteDate: true, nullable: true } },
  }),
  new EntitySchema<Invoice>({
    name: 'Invoice',
    target: Invoice,
    columns: { id, accountId: key },
    relations: { account: { type: 'many-to-one', target: 'Account', joinColumn: { name: 'accountId' } } },
  }),
  new EntitySchema<Student>({
    name: 'Student',
    target: Student,
    columns: { id, name: text, badgeId: key },
    relations: {
      badge: { type: 'many-to-one', target: 'Badge', joinColumn: { name: 'badgeId' }, eager: true },
      enrolments: { type: 'one-to-many', target: 'Enrolment', inverseSide: 'student' },
      courses: {
        type: 'many-to-many',
        target: 'Course',
        joinTable: { name: 'favourite', joinColumn: { name: 'studentId' }, inverseJoinColumn: { name: 'courseId' } },
      },
    } as never,
    relationIds: { courseIds: { relationName: 'courses' } } as never,
  }),
  new EntitySchema<Badge>({ name: 'Badge', target: Badge, columns: { id, text } }),
  new EntitySchema<Enrolment>({
    name: 'Enrolment',
    target: Enrolment,
    columns: { studentId: { type: Number, primary: true }, courseId: { type: Number, primary: true }, grade: key },
    relations: {
      student: { type: 'many-to-one', target: 'Student', inverseSide: 'enrolments', joinColumn: { name: 'studentId' } },
      course: { type: 'many-to-one', target: 'Course', joinColumn: { name: 'courseId' } },
    } as never,
  }),
  new EntitySchema<Course>({
    name: 'Course',
    target: Course,
    columns: {
      id,
      name: text,
      students: {
        type: 'int',
        virtualProperty: true,
        query: (alias: string) => `SELECT COUNT(*) FROM "enrolment" WHERE "courseId" = ${alias}."id"`,
      } as never,
    } as never,
  }),
  new EntitySchema<Note>({ name: 'Note', target: Note, columns: { id, targetType: text, targetId: { type: Number } } }),
  new EntitySchema<CourseSize>({
    name: 'CourseSize',
    target: CourseSize,
    type: 'view',
    expression: 'SELECT "courseId", COUNT(*) AS "size" FROM "enrolment" GROUP BY "courseId"',
    columns: { courseId: { type: Number }, size: { type: Number } },
  }),
  new EntitySchema<Ticket>({
    name: 'Ticket',
    target: Ticket,
    columns: { id, subject: text, holderId: key } as never,
    relations: { holder: { type: 'many-to-one', target: 'Badge', joinColumn: { name: 'holderId' }, eager: true } },
  }),
  new EntitySchema<Tick>({ name: 'Tick', target: Tick, columns: { id, kind: { ...text, default: 'tick' } } }),
];

export const mappedSource = new DataSource({
  ...(postgresUrl === undefined ? { type: 'better-sqlite3', database: ':memory:' } : { type: 'postgres', url: postgresUrl, extra: { max: 4 } }),
  synchronize: true,
  entities: schemas,
});

export async function fillMapped(): Promise<void> {
  const insert = (table: string, columns: string, values: readonly string[]) =>
    mappedSource.query(`INSERT INTO "${table}" (${columns.replace(/\w+/g, '"$&"')}) VALUES ${values.join(', ')}`);
  const each = (count: number, make: (index: number) => string) => Array.from({ length: count }, (_, index) => make(index));
  await insert(
    'content',
    'id, title, type',
    each(10, (n) => `(${1101 + n}, 'content ${n}', '${n % 2 ? 'photo' : 'article'}')`),
  );
  await insert(
    'remark',
    'id, contentId',
    each(20, (n) => `(${1201 + n}, ${1101 + (n % 10)})`),
  );
  await insert(
    'section',
    'id, articleId',
    each(10, (n) => `(${1301 + n}, ${1101 + (n % 5) * 2})`),
  );
  await insert(
    'state',
    'id, code, name',
    each(6, (n) => `(${1351 + n}, 'S${n}', 'state ${n}')`),
  );
  await insert(
    'city',
    'id, name, stateCode',
    each(6, (n) => `(${1401 + n}, 'city ${n}', 'S${5 - n}')`),
  );
  await insert(
    'person',
    'id, street, cityId',
    each(6, (n) => `(${1501 + n}, 'street ${n}', ${1406 - n})`),
  );
  await insert(
    'item',
    'orderNo, lineNo, name',
    each(6, (n) => `(${1601 + (n >> 1)}, ${n % 2}, 'item ${n}')`),
  );
  await insert(
    'shipment',
    'id, orderNo, lineNo',
    each(6, (n) => `(${1651 + n}, ${1601 + (n >> 1)}, ${n % 2})`),
  );
  await insert(
    'account',
    'id, name, deletedAt',
    each(6, (n) => `(${1701 + n}, 'account ${n}', ${n === 2 ? "'2020-01-01 00:00:00'" : 'NULL'})`),
  );
  await insert(
    'invoice',
    'id, accountId',
    each(6, (n) => `(${1801 + n}, ${1706 - n})`),
  );
  await insert(
    'badge',
    'id, text',
    each(6, (n) => `(${1851 + n}, 'badge ${n}')`),
  );
  await insert(
    'ticket',
    'id, subject, holderId',
    each(6, (n) => `(${1871 + n}, 'ticket ${n}', ${1851 + n})`),
  );
  await insert(
    'student',
    'id, name, badgeId',
    each(6, (n) => `(${1901 + n}, 'student ${n}', ${1856 - n})`),
  );
  await insert(
    'course',
    'id, name',
    each(4, (n) => `(${1951 + n}, 'course ${n}')`),
  );
  await insert(
    'enrolment',
    'studentId, courseId, grade',
    each(12, (n) => `(${1901 + (n % 6)}, ${1951 + (n % 4)}, ${n})`).filter(
      (row, at, all) => all.findIndex((other) => other.slice(0, 11) === row.slice(0, 11)) === at,
    ),
  );
  await insert(
    'note',
    'id, targetType, targetId',
    each(10, (n) => `(${2001 + n}, '${n % 2 ? 'course' : 'account'}', ${n % 2 ? 1951 + ((n >> 1) % 4) : 1701 + (n >> 1)})`),
  );
}
