import { EntitySchema } from 'typeorm';
class TaggedSchema<T> extends EntitySchema<T> { constructor(o: any) { super({ ...o, columns: { ...o.columns, tag: { type: String, name: 'tag_' } } }); } }
export const A = new TaggedSchema<any>({ name: 'A', columns: { id: { type: Number, primary: true } } });
export const base = { columns: { id: { type: Number, primary: true, generated: 'uuid' as const } } };
export const B = new EntitySchema<any>({ ...base, name: 'B', columns: { ...base.columns, addr: { type: String } }, embeddeds: { geo: { schema: new EntitySchema<any>({ name: 'Geo', columns: { lat: { type: Number }, lngValue: { type: Number, name: 'lng' } } }), prefix: 'g_' } } });
