"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.generatedColumn = exports.notedColumns = void 0;
exports.EntityId = EntityId;
exports.PrimaryGeneratedId = PrimaryGeneratedId;
const noted = new Map();
let generated;
function EntityId(options = {}) {
    return (entity, property) => {
        noted.set(entity, [...(noted.get(entity) ?? []), { property, nullable: options.nullable ?? false }]);
    };
}
function PrimaryGeneratedId() {
    return (entity, property) => {
        generated = { entity, property };
    };
}
const notedColumns = () => noted;
exports.notedColumns = notedColumns;
const generatedColumn = () => generated;
exports.generatedColumn = generatedColumn;
