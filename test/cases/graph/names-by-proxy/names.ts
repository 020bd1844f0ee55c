import { ManyToOne, OneToMany } from 'typeorm';

type Reader<T> = (row: T) => unknown;

/** The last name that the function reads. */
export function nameOf<T>(read: Reader<T>): string {
  let last = '';
  read(new Proxy({}, { get: ({}, name: string) => void (last = name) }) as T);
  return last;
}

/** All of them, joined by dots. */
export function pathOf<T>(read: Reader<T>): string {
  const parts: string[] = [];
  const handler = {
    get(_target: object, name: string): unknown {
      parts.push(name);
      return new Proxy({}, handler);
    },
  };
  read(new Proxy({}, handler) as T);
  return parts.join('.');
}

const limits = new Proxy({ short: 20 }, {});

export const short = { length: limits.short, name: `short_${limits.short}` };

export function Has<T>(target: () => new () => T, back: Reader<T>): PropertyDecorator {
  return (owner, property) => OneToMany(target, `${nameOf(back)}Row`)(owner, property);
}

export function Belongs<T>(target: () => new () => T, back: Reader<T>): PropertyDecorator {
  return (owner, property) => ManyToOne(target, nameOf(back))(owner, `${String(property)}Row`);
}
