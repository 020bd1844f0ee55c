import { historyOf } from './factory';
import { Car } from './models';
export const CarHistory = historyOf('car', () => Car);
export const histories = { boat: historyOf('boat', () => Car), more: [historyOf('m1', () => Car), historyOf('m2', () => Car)] };
export type CarHistory = InstanceType<typeof CarHistory>;