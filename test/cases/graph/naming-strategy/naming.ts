import { DefaultNamingStrategy, type NamingStrategyInterface } from 'typeorm';
import { snakeCase } from 'typeorm/util/StringUtils';

export class ShortNames extends DefaultNamingStrategy implements NamingStrategyInterface {
  tableName(className: string, customName?: string): string {
    return customName ? customName : `t_${snakeCase(className.replace(/Entity$/, ''))}`;
  }

  columnName(propertyName: string, customName: string | undefined, embeddedPrefixes: string[]): string {
    return snakeCase(embeddedPrefixes.concat('').join('_')) + (customName || snakeCase(propertyName));
  }

  joinColumnName(relationName: string, referencedColumnName: string): string {
    return snakeCase(`${relationName}_${referencedColumnName}`);
  }

  joinTableName(first: string, second: string, firstProperty: string): string {
    return super.joinTableName(first, second, firstProperty, '').replace(/_/g, '$');
  }

  joinTableColumnName(tableName: string, propertyName: string, columnName?: string): string {
    return [tableName, columnName ?? propertyName].map((part) => part.toUpperCase()).join('_');
  }
}
