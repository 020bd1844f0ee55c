export const opts: any = { name: 'first' };
opts.name = 'second';
export let late: any;
late = { name: 'late_' };
export const list: string[] = [];
list.push('p1'); list.push('p2', 'p3');
export const merged: any = {};
Object.assign(merged, { name: 'mg' });
export const reg: Record<string, any> = {};
for (const n of ['u', 'v']) reg[n] = { name: n + '_col' };
['w', 'x'].forEach((n) => { reg[n] = { name: n + '_fe' }; });
export class Cfg { static table: string; }
Cfg.table = 'cfg_table';
if (process.env.NOPE_X) { opts.name = 'third'; }
export const schema = (() => { const o: any = {}; for (let i = 0; i < 2; i++) o['k' + i] = { name: 'n' + i }; return o; })();