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

const configuresNames = /\b(?:namingStrategy|entityPrefix)\b|\btype\s*:\s*['"]mongodb['"]|\bschema\s*:/;
const dataSource = /\bDataSource\b|\bDataSourceOptions\b|\bTypeOrmModule\b|\bTypeOrmModuleOptions\b|\bcreateConnections?\b|\bConnectionOptions\b/;

/** True where the text may configure a DataSource in a way that changes names. */
export function mayConfigureNames(text: string): boolean {
  return configuresNames.test(text) && dataSource.test(text);
}
