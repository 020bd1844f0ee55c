import { EntitySchema, type EntitySchemaColumnOptions, type EntitySchemaRelationOptions } from 'typeorm';

/** Options that a class brings along: its fields, those of its base, and what the constructor sets. */
class TableOptions {
  readonly name: string;
  columns: Record<string, EntitySchemaColumnOptions> = { id: { type: 'int', primary: true, generated: true } };

  constructor(
    name: string,
    readonly tableName = `${name.toLowerCase()}s`,
  ) {
    this.name = name;
  }
}

class AuthorOptions extends TableOptions {
  relations: Record<string, EntitySchemaRelationOptions> = { books: { type: 'one-to-many', target: 'Book', inverseSide: 'author' } };

  constructor() {
    super('Author');
    this.columns.fullName = { type: 'varchar', name: 'full_name' };
  }
}

class BookOptions extends TableOptions {
  relations: Record<string, EntitySchemaRelationOptions> = {
    author: { type: 'many-to-one', target: 'Author', inverseSide: 'books', joinColumn: { name: 'author_id' } },
  };
}

export const AuthorSchema = new EntitySchema(new AuthorOptions());

export const BookSchema = new EntitySchema(new BookOptions('Book', 'library_books'));
