/** Cheap tests on a file's text that decide whether it is parsed at all. */

const entityDecorator = /@\s*[\w.]*Entity\w*|\bEntitySchema\b|\b(?:Entity|ChildEntity|ViewEntity)\s*\(/;

/** True where the text may declare an entity: by a decorator whose name says so, or by an EntitySchema. */
export function mayDeclareEntities(text: string): boolean {
  return entityDecorator.test(text);
}

const typeormImport = /['"](?:@[\w.-]+\/)?typeorm(?:[-/][^'"]*)?['"]/;

export function importsTypeorm(text: string): boolean {
  return typeormImport.test(text);
}

const dataSource =
  /\bDataSource(?:Options)?\b|\bTypeOrmModule(?:Options|AsyncOptions)?\b|\bcreateConnections?\b|\bConnectionOptions\b|\bnamingStrategy\b|\bentityPrefix\b/;
const optionsWritten = /\btype\s*:|\bnamingStrategy\b|\bentityPrefix\b/;

/** True where the text may hold the options of a DataSource. */
export function mayConfigureDataSource(text: string): boolean {
  return dataSource.test(text) && optionsWritten.test(text);
}
