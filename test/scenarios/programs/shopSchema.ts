/** Classes, whose property reads are watched: writers of novels with reviews, none of it lazy. */
import { DataSource, EntitySchema, type EntitySchemaColumnOptions } from 'typeorm';
import { postgresUrl } from './schema';

export class Writer {
  declare id: number;
  declare name: string;
  declare bio: string;
  declare novels: Novel[];
  declare awards: Award[];
}
export class Novel {
  declare id: number;
  declare title: string;
  declare text: string;
  declare writerId: number;
  declare writer: Writer;
  declare reviews: Review[];
}
export class Review {
  declare id: number;
  declare text: string;
  declare novelId: number;
  declare novel: Novel;
}
export class Award {
  declare id: number;
  declare writerId: number;
  declare writer: Writer;
}
export class Survey {
  declare id: number;
  [answer: `answer${number}`]: string;
}

const id: EntitySchemaColumnOptions = { type: Number, primary: true, generated: true };
const key: EntitySchemaColumnOptions = { type: Number, nullable: true };
const text: EntitySchemaColumnOptions = { type: 'text' };
const answers = Object.fromEntries(Array.from({ length: 39 }, (_, n) => [`answer${n}`, text]));

const schemas = [
  new EntitySchema<Writer>({
    name: 'Writer',
    target: Writer,
    columns: { id, name: text, bio: text },
    relations: {
      novels: { type: 'one-to-many', target: 'Novel', inverseSide: 'writer', cascade: true },
      awards: { type: 'one-to-many', target: 'Award', inverseSide: 'writer' },
    },
  }),
  new EntitySchema<Novel>({
    name: 'Novel',
    target: Novel,
    columns: { id, title: text, text, writerId: key },
    relations: {
      writer: { type: 'many-to-one', target: 'Writer', inverseSide: 'novels', joinColumn: { name: 'writerId' } },
      reviews: { type: 'one-to-many', target: 'Review', inverseSide: 'novel' },
    },
  }),
  new EntitySchema<Review>({
    name: 'Review',
    target: Review,
    columns: { id, text, novelId: key },
    relations: { novel: { type: 'many-to-one', target: 'Novel', inverseSide: 'reviews', joinColumn: { name: 'novelId' } } },
  }),
  new EntitySchema<Award>({
    name: 'Award',
    target: Award,
    columns: { id, writerId: key },
    relations: { writer: { type: 'many-to-one', target: 'Writer', inverseSide: 'awards', joinColumn: { name: 'writerId' } } },
  }),
  new EntitySchema<Survey>({ name: 'Survey', target: Survey, columns: { id, ...answers } as never }),
];

export const shopSource = new DataSource({
  ...(postgresUrl === undefined ? { type: 'better-sqlite3', database: ':memory:' } : { type: 'postgres', url: postgresUrl, extra: { max: 4 } }),
  synchronize: true,
  entities: schemas,
});

/** 10 writers with 3 novels of 4 reviews each and no award; a biography of 4,000 characters, novels of 2,000; 120 surveys of 39 answers. */
export async function fillShop(): Promise<void> {
  const insert = (table: string, columns: string, values: readonly string[]) =>
    shopSource.query(`INSERT INTO "${table}" (${columns.replace(/\w+/g, '"$&"')}) VALUES ${values.join(', ')}`);
  const each = (count: number, make: (index: number) => string) => Array.from({ length: count }, (_, index) => make(index));
  await insert(
    'writer',
    'id, name, bio',
    each(10, (n) => `(${2101 + n}, 'writer ${n}', '${'b'.repeat(4_000)}')`),
  );
  await insert(
    'novel',
    'id, title, text, writerId',
    each(30, (n) => `(${2201 + n}, 'novel ${n}', '${'t'.repeat(2_000)}', ${2101 + (n % 10)})`),
  );
  await insert(
    'review',
    'id, text, novelId',
    each(120, (n) => `(${2301 + n}, 'review ${n}', ${2201 + (n % 30)})`),
  );
  await insert(
    'survey',
    ['id', ...Object.keys(answers)].join(', '),
    each(
      120,
      (n) =>
        `(${2501 + n}, ${Object.keys(answers)
          .map((name) => `'${name} of ${n}'`)
          .join(', ')})`,
    ),
  );
}
