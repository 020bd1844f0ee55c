import { describe, expect, it } from 'vitest';
import { isKeyColumnOf, learnKeyColumns } from '../../../src/probe/sources';
import type { DataSourceLike } from '../../../src/probe/typeormShapes';

function isKeyColumn(columns: readonly { readonly propertyPath: string; readonly databaseName: string }[]): (column: string) => boolean {
  const entity = { name: 'Doctor', columns, primaryColumns: [], relations: [] };
  const dataSource = { entityMetadatas: [entity] } as unknown as DataSourceLike;
  learnKeyColumns(dataSource);
  return isKeyColumnOf(dataSource);
}

describe('columns that hold keys', () => {
  it('are told by the name of the property, whatever the column is called', () => {
    const isKey = isKeyColumn([{ propertyPath: 'address.cityId', databaseName: 'addressCityid' }]);
    expect(isKey('addressCityid')).toBe(true);
    expect(isKey('Doctor_addressCityid')).toBe(true);
  });

  it('are no others', () => {
    const isKey = isKeyColumn([{ propertyPath: 'address.street', databaseName: 'addressStreet' }]);
    expect(isKey('Doctor_addressStreet')).toBe(false);
  });
});
