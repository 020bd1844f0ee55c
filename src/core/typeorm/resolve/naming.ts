/** TypeORM's default names (naming-strategy/DefaultNamingStrategy.ts, util/StringUtils.ts), and how a project's own strategy replaces them. */

/** Lower-cases a leading capital, and joins words at `_`, `-` and blanks: `author_id` → `authorId`. */
export function camelCase(text: string): string {
  return text.replace(/^([A-Z])|[\s\-_](\w)/g, (_match, first: string | undefined, next: string | undefined) =>
    next ? next.toUpperCase() : (first ?? '').toLowerCase(),
  );
}

/** `UserAPIKey2` → `user_api_key2`. */
export function snakeCase(text: string): string {
  return text
    .replace(/([A-Z])([A-Z])([a-z])/g, '$1_$2$3')
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase();
}

/** Capitalises each word and lower-cases the rest of it: `commentCount` → `Commentcount`. */
export function titleCase(text: string): string {
  return text.replace(/\w\S*/g, (word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase());
}

/** Cuts each `_` segment to three letters (or its words to two), as TypeORM does with over-long junction table names. */
export function shortenJunctionName(text: string): string {
  return text
    .split('_')
    .map((segment) => {
      const words = segment.replace(/([a-z\xE0-\xFF])([A-Z\xC0-\xDF])/g, '$1 $2').split(' ');
      return words.map((word) => word.slice(0, words.length > 1 ? 2 : 3)).join('');
    })
    .join('_');
}

/** The names a naming strategy decides on. */
export interface NamingStrategy {
  tableName(className: string, givenName: string | null): string;
  columnName(property: string, givenName: string | null, embeddedPrefixes: readonly string[]): string;
  joinColumnName(relation: string, referencedProperty: string): string;
  joinTableName(ownerTable: string, targetTable: string, ownerProperty: string, targetProperty: string): string;
  joinTableColumnName(table: string, property: string, column: string): string;
  joinTableInverseColumnName(table: string, property: string, column: string): string;
  joinTableColumnDuplicationPrefix(column: string, index: number): string;
  prefixTableName(prefix: string, table: string): string;
  readonly materializedPathColumnName: string;
  readonly nestedSetColumnNames: { readonly left: string; readonly right: string };
}

export const defaultNaming: NamingStrategy = {
  tableName: (className, givenName) => givenName ?? snakeCase(className),
  columnName: (property, givenName, prefixes) => {
    const name = givenName || property;
    return prefixes.length > 0 ? camelCase(prefixes.join('_')) + titleCase(name) : name;
  },
  joinColumnName: (relation, referencedProperty) => camelCase(`${relation}_${referencedProperty}`),
  joinTableName: (ownerTable, targetTable, ownerProperty) => snakeCase(`${ownerTable}_${ownerProperty.replaceAll('.', '_')}_${targetTable}`),
  joinTableColumnName: (table, _property, column) => camelCase(`${table}_${column}`),
  joinTableInverseColumnName: (table, _property, column) => camelCase(`${table}_${column}`),
  joinTableColumnDuplicationPrefix: (column, index) => `${column}_${index}`,
  prefixTableName: (prefix, table) => prefix + table,
  materializedPathColumnName: 'mpath',
  nestedSetColumnNames: { left: 'nsleft', right: 'nsright' },
};

/** The package `typeorm-naming-strategies`, 4.1 (SnakeNamingStrategy). */
export const snakeNaming: NamingStrategy = {
  ...defaultNaming,
  tableName: (className, givenName) => givenName || snakeCase(className),
  columnName: (property, givenName, prefixes) => snakeCase([...prefixes, ''].join('_')) + (givenName || snakeCase(property)),
  joinColumnName: (relation, referencedProperty) => snakeCase(`${relation}_${referencedProperty}`),
  joinTableName: (ownerTable, targetTable, ownerProperty) => snakeCase(`${ownerTable}_${ownerProperty.replaceAll('.', '_')}_${targetTable}`),
  joinTableColumnName: (table, property, column) => snakeCase(`${table}_${column || property}`),
  joinTableInverseColumnName: (table, property, column) => snakeCase(`${table}_${column || property}`),
};
