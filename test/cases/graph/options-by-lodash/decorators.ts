/** Options put together by lodash: all at once, by name, and from packages of one function. */
import * as _ from 'lodash';
import { get, isBoolean, isNil, isString, pick } from 'lodash';
import { Column, Entity, JoinColumn, ManyToOne, type ColumnOptions, type RelationOptions } from 'typeorm';

const merge = require('lodash/merge') as typeof _.merge;

const settings = { text: { short: { length: 40 }, long: { length: 4000 } }, money: { precision: 12, scale: 2 } };

export function Text(size?: string | ColumnOptions): PropertyDecorator {
  const options: ColumnOptions = isString(size) ? get(settings, `text.${size}`, { length: 255 }) : _.defaults({}, size, { length: 80, nullable: true });
  return Column(_.omit({ type: 'varchar', ...options, comment: 'left out' }, ['comment']));
}

export function Money(options: { nullable?: boolean; scale?: number } = {}): PropertyDecorator {
  if (!isBoolean(options.nullable)) options.nullable = true;
  const given = merge({ type: 'decimal', transformer: { to: Number } }, settings.money, pick(options, 'nullable', 'scale'));
  return Column(given as ColumnOptions);
}

export function Belongs(target: () => new () => object, options?: RelationOptions & { key?: string }): PropertyDecorator {
  return (owner, property) => {
    ManyToOne(target, _.isEmpty(options) ? { onDelete: 'CASCADE' } : (_.omit(options, 'key') as RelationOptions))(owner, property);
    if (!isNil(options?.key)) JoinColumn({ name: _.last(_.compact([null, options.key])) })(owner, property);
  };
}

export const Table = (...words: (string | null | string[])[]): ClassDecorator => Entity(_.uniq(_.flatten(_.compact(words))).join('_'));
