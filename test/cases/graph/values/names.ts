export enum Names {
  Id = 'identifier',
  Owner = `owner_${'id'}`,
}

export const prefix = 'app_';
export const tables = { users: prefix + 'users', posts: `${prefix}posts` } as const;

const base = { nullable: true, length: 20 };
export const text = { ...base, type: 'varchar' as const };

export function key(name: string, { nullable = false } = {}) {
  const options: Record<string, unknown> = { name, nullable };
  if (name.startsWith('x')) return { ...options, name: name.slice(1) };
  options.type = 'int';
  return options;
}

export const fromEnvironment = process.env.DB_TYPE === 'sqlite' ? 'datetime' : 'timestamptz';
