import { EntitySchema, EntitySchemaColumnOptions } from 'typeorm';
const id: EntitySchemaColumnOptions = { type: Number, primary: true, generated: true };
export const BaseSchema = new EntitySchema<any>({ name: 'Base', columns: { id, createdAt: { type: 'timestamp', createDate: true, name: 'created_at' } } });
export const User = new EntitySchema<any>({ name: 'User', tableName: 'users', columns: { ...BaseSchema.options.columns, email: { type: String, unique: true } }, relations: { posts: { type: 'one-to-many', target: 'Post', inverseSide: 'author' } } });
export const Post = new EntitySchema<any>({ name: 'Post', columns: { ...BaseSchema.options.columns }, relations: { author: { type: 'many-to-one', target: 'User', inverseSide: 'posts', joinColumn: { name: 'author_fk' }, nullable: false } } });
const kinds = ['Red', 'Green', 'Blue'] as const;
export const Colours = kinds.map((kind, index) => new EntitySchema<any>({ name: kind, tableName: `colour_${index}`, columns: { id, [`${kind.toLowerCase()}Value`]: { type: Number } }, relations: { user: { type: 'many-to-one', target: 'User' } } }));
export const looped: EntitySchema[] = [];
for (const kind of kinds) { looped.push(new EntitySchema<any>({ name: `Loop${kind}`, columns: { id } })); }
function make(name: string, extra: Record<string, EntitySchemaColumnOptions> = {}) { return new EntitySchema<any>({ name, columns: { id, ...extra } }); }
export const Made = make('Made', { a: { type: String, nullable: true } });
export const byName = Object.fromEntries(kinds.map((k) => [k, make('By' + k)]));
export const { x: Destructured } = { x: make('Destr') };
export class UserModel { id!: number; name!: string }
export const UserModelSchema = new EntitySchema<UserModel>({ target: UserModel, name: 'UserModel', columns: { id, name: { type: String, name: 'nm' } }, indices: [{ columns: ['name'], unique: true }], uniques: [{ columns: ['name', 'id'] }], checks: [{ expression: '1=1' }] });
export default make('Def');
