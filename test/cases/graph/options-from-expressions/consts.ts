export enum T { User = 'users', Post = 'posts' }
export const enum C { Id = 'user_id' }
export const names = { table: { user: 'tbl_user' }, cols: { id: 'pk', name: 'nm' } } as const satisfies Record<string, Record<string, string>>;
export const base = { nullable: true } as const;
export const more = { ...base, length: 10 };
export const evenMore = { ...more, ...{ name: 'ev' }, nullable: false };
export class K { static readonly COL = 'k_col'; static opts = { name: K.COL, nullable: true }; static get dyn() { return { name: `${this.COL}_dyn` }; } static make(n: string) { return { name: this.COL + n }; } }
export const lookup: Record<string, { name: string }> = { email: { name: 'mail' } };
export const getters = { get opts() { return { name: this.prefix + 'x' }; }, prefix: 'gg_' };
export default { name: 'def_name' };
export const arr = ['x1', 'y1'] as const;
export const [first, second] = arr;
export const { cols: { name: colName }, ...restNames } = names;