export { Group, UserWithGroups } from './entities';
