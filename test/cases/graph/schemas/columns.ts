import type { EntitySchemaColumnOptions } from 'typeorm';

export const id: EntitySchemaColumnOptions = { type: 'uuid', primary: true, generated: 'uuid' };

export const timestamps = {
  createdAt: { type: 'timestamp', createDate: true, name: 'created_at' },
  updatedAt: { type: 'timestamp', updateDate: true },
} as const;

export const named = (length = 40) => ({ type: 'varchar' as const, length });
