"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.Label = exports.Owner = void 0;
exports.Table = Table;
exports.FlaggedEntity = FlaggedEntity;
const common_1 = require("@nestjs/common");
const typeorm_1 = require("typeorm");
const names_1 = require("./names");
/** A table by its place in the list of tables. */
function Table(name) {
    return (target) => (0, typeorm_1.Entity)(names_1.prefix + name)(target);
}
function FlaggedEntity(flag, name) {
    return (target) => {
        Object.assign(target, { flag });
        (0, typeorm_1.Entity)(name)(target);
    };
}
const Owner = (type) => (0, common_1.applyDecorators)((0, typeorm_1.ManyToOne)(type, { nullable: false }), (0, typeorm_1.JoinColumn)({ name: names_1.Defaults.owner }), (0, typeorm_1.Index)());
exports.Owner = Owner;
const Label = () => (0, common_1.applyDecorators)((0, typeorm_1.Column)({ name: 'label_text', unique: true }));
exports.Label = Label;
