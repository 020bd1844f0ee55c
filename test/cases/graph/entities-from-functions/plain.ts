import { defineModel, AuditedSchema } from './factory';
export const Plain = defineModel('Plain', { x: { type: String } });
export default defineModel('Other', {});
export const Audited = new AuditedSchema({ name: 'Audited', columns: { id: { type: Number, primary: true } } });